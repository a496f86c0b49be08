package dev.fovea.statistics.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.findings.ImageFindings.FoundBox;
import dev.fovea.statistics.findings.ImageFindings.ScoredFinding;
import dev.fovea.statistics.labelerrors.ClassBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LabelledFindingsTest {

    private static final int CLASSES = 2;
    private static final int RUNS = 100;

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void aBoxTakesTheObjectThatItOverlapsMostAndEachObjectIsFoundOnce() {
        ClassBox left = new ClassBox(0, 0, 0, 10, 10);
        ClassBox right = new ClassBox(0, 4, 0, 10, 10);

        ImageFindings findings = ImageFindings.ofBoxes(
                List.of(
                        new FoundBox(0, 0.6, Optional.of(new ClassBox(0, 0, 0, 10, 10))),
                        new FoundBox(0, 0.9, Optional.of(new ClassBox(0, 3, 0, 10, 10))),
                        new FoundBox(0, 0.5, Optional.of(new ClassBox(0, 0, 0, 10, 9))),
                        new FoundBox(1, 0.8, Optional.of(new ClassBox(1, 4, 0, 10, 10))),
                        new FoundBox(0, 0.1, Optional.empty())),
                List.of(left, right, new ClassBox(1, 50, 50, 5, 5)));

        assertThat(findings.found())
                .containsExactly(
                        new ScoredFinding(0, 0.9, true),
                        new ScoredFinding(1, 0.8, false),
                        new ScoredFinding(0, 0.6, true),
                        new ScoredFinding(0, 0.5, false),
                        new ScoredFinding(0, 0.1, false));
        assertThat(findings.missed()).containsExactly(1);
        assertThat(findings.isExact()).isFalse();
    }

    @Test
    void labelsOfAnImageAreRightWhereTheyApply() {
        ImageFindings findings = ImageFindings.ofLabels(
                List.of(new ScoredFinding(0, 0.6, false), new ScoredFinding(1, 0.9, false)),
                new TreeSet<>(List.of(1, 2)));

        assertThat(findings.found()).containsExactly(new ScoredFinding(1, 0.9, true), new ScoredFinding(0, 0.6, false));
        assertThat(findings.missed()).containsExactly(2);
        assertThat(ImageFindings.ofLabels(List.of(), new TreeSet<>()).isExact()).isTrue();
    }

    @Test
    void averagePrecisionOfEqualScoresIsThePrecisionInAnyOrderOfTheImages() {
        ImageFindings right = new ImageFindings(List.of(new ScoredFinding(0, 0.6, true)), List.of());
        ImageFindings wrong = new ImageFindings(List.of(new ScoredFinding(0, 0.6, false)), List.of());
        for (List<ImageFindings> images : List.of(List.of(right, wrong), List.of(wrong, right))) {
            assertThat(LabelledFindings.of(images, ones(2), 2, CLASSES).meanAveragePrecision())
                    .contains(new Interval(0.5, 0.5, 0.5));
        }
    }

    @Test
    void figuresOfLabelsForAllImagesAreTheSharesThemselves() {
        // class 0 by score: right, wrong, right, and one is missed. Class 1: one is missed, none is found.
        List<ImageFindings> images = List.of(
                new ImageFindings(
                        List.of(new ScoredFinding(0, 0.9, true), new ScoredFinding(0, 0.7, true)), List.of(1)),
                new ImageFindings(List.of(new ScoredFinding(0, 0.8, false)), List.of(0)),
                new ImageFindings(List.of(), List.of()));

        LabelledFindings figures = LabelledFindings.of(images, ones(3), 3, CLASSES);

        FindingRates first = figures.classes().getFirst();
        assertThat(first.precision()).contains(new Interval(2 / 3.0, 2 / 3.0, 2 / 3.0));
        assertThat(first.recall()).contains(new Interval(2 / 3.0, 2 / 3.0, 2 / 3.0));
        // recalls 0 to 0.33 at a precision of 1, to 0.66 at 2/3: (34 + 33 · 2/3) / 101
        assertThat(first.averagePrecision().orElseThrow()).isCloseTo(56 / 101.0, within(1e-9));
        assertThat(figures.classes().get(1).precision()).isEmpty();
        assertThat(figures.classes().get(1).recall().orElseThrow().value()).isZero();
        assertThat(figures.meanAveragePrecision().orElseThrow().value()).isCloseTo(28 / 101.0, within(1e-9));
        assertThat(figures.meanAveragePrecision().orElseThrow().width()).isZero();
        assertThat(figures.exact().value()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void allRightWithFewImagesIsNotTakenForCertain() {
        List<ImageFindings> images = new ArrayList<>(Collections.nCopies(97, new ImageFindings(List.of(), List.of())));
        images.addAll(Collections.nCopies(3, new ImageFindings(List.of(new ScoredFinding(0, 0.9, true)), List.of())));

        FindingRates figures =
                LabelledFindings.of(images, ones(100), 5_000, CLASSES).classes().getFirst();

        assertThat(figures.precision().orElseThrow().value()).isEqualTo(1);
        assertThat(figures.precision().orElseThrow().low())
                .as("three images show the class")
                .isLessThan(0.5);
    }

    @Test
    void intervalsOfSampledImagesCoverWhatAllOfThemShow() {
        int precision = 0;
        int recall = 0;
        int average = 0;
        for (int run = 0; run < RUNS; run++) {
            List<ImageFindings> all = new ArrayList<>(drawn(run, 600));
            LabelledFindings truth = LabelledFindings.of(all, ones(600), 600, CLASSES);
            Collections.shuffle(all, new Random(run));

            LabelledFindings known = LabelledFindings.of(all.subList(0, 80), ones(80), 600, CLASSES);

            FindingRates own = known.classes().getFirst();
            FindingRates wanted = truth.classes().getFirst();
            precision += covers(own.precision(), wanted.precision());
            recall += covers(own.recall(), wanted.recall());
            average += covers(known.meanAveragePrecision(), truth.meanAveragePrecision());
        }
        assertThat(precision / (double) RUNS).isBetween(0.9, 0.995);
        assertThat(recall / (double) RUNS).isBetween(0.9, 0.995);
        assertThat(average / (double) RUNS).isBetween(0.88, 0.995);
    }

    private static int covers(Optional<Interval> interval, Optional<Interval> truth) {
        return interval.orElseThrow().contains(truth.orElseThrow().value()) ? 1 : 0;
    }

    /** Images with up to six objects each; the things of an image are alike in how well they are found. */
    static List<ImageFindings> drawn(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ImageFindings> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double ease = random.nextDouble();
            List<ScoredFinding> found = new ArrayList<>();
            List<Integer> missed = new ArrayList<>();
            int objects = random.nextInt(7);
            for (int k = 0; k < objects; k++) {
                int label = random.nextInt(3) == 0 ? 1 : 0;
                double score = 0.3 + 0.7 * ease * Math.sqrt(random.nextDouble());
                boolean right = random.nextDouble() < 0.3 + 0.65 * score;
                if (random.nextDouble() < 0.4 + 0.55 * ease) {
                    found.add(new ScoredFinding(label, score, right));
                }
                if (found.isEmpty() || !right) {
                    missed.add(label);
                }
            }
            found.sort((one, other) -> Double.compare(other.score(), one.score()));
            images.add(new ImageFindings(found, missed));
        }
        return images;
    }
}
