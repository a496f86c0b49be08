package dev.fovea.labels.wrong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WrongLabelsTest {

    private static final List<String> CLASSES = List.of("crack", "dent", "good", "stain");
    private static final int IMAGES = 400;

    /** Clouds of four classes; every 20th image is labelled as the next class. */
    private static final class Drawn {

        private final List<GivenLabel> labels = new ArrayList<>();
        private final List<float[]> rows = new ArrayList<>();
        private final Set<String> wrong = new HashSet<>();

        Drawn(long seed) {
            RandomGenerator random = new SplittableRandom(seed);
            for (int i = 0; i < IMAGES; i++) {
                int truth = random.nextInt(4);
                boolean planted = i % 20 == 0;
                if (planted) {
                    wrong.add("image-" + i);
                }
                add(new GivenLabel("image-" + i, CLASSES.get(planted ? (truth + 1) % 4 : truth)), truth, random);
            }
        }

        void add(GivenLabel label, int truth, RandomGenerator random) {
            float[] row = new float[16];
            for (int d = 0; d < row.length; d++) {
                row[d] = (float) (random.nextGaussian() + (d % 4 == truth ? 1.6 : 0));
            }
            labels.add(label);
            rows.add(row);
        }

        WrongLabelReport find() {
            return new WrongLabels(1).find(labels, FeatureMatrix.of(rows.toArray(float[][]::new)));
        }
    }

    @Test
    void shouldRankPlantedLabelsFirst() {
        Drawn drawn = new Drawn(4);
        WrongLabelReport report = drawn.find();
        assertThat(report.suspects()).hasSize(IMAGES);
        List<SuspectLabel> first = report.suspects().subList(0, 20);
        assertThat(first.stream().filter(each -> drawn.wrong.contains(each.image())))
                .hasSizeGreaterThanOrEqualTo(16);
        assertThat(report.suspects().getFirst().wrong()).isGreaterThan(0.8);
        assertThat(report.suspects().getFirst().confident()).isTrue();
        assertThat(report.suspects().getFirst().likely())
                .isNotEqualTo(report.suspects().getFirst().given());
        assertThat(report.share().contains(0.05)).isTrue();
        assertThat(report.classes()).extracting(ClassNoise::label).containsExactlyElementsOf(CLASSES);
        assertThat(report.reviewToHalve()).isBetween(7, 25);
        assertThat(report.accuracy()).isBetween(0.85, 0.96);
    }

    /** More than the penalty is searched on. */
    @Test
    void shouldRankManyLabelsToo() {
        Drawn drawn = new Drawn(4);
        RandomGenerator random = new SplittableRandom(6);
        for (int i = IMAGES; i < 12_000; i++) {
            int truth = random.nextInt(4);
            drawn.add(new GivenLabel("image-" + i, CLASSES.get(truth)), truth, random);
        }
        assertThat(drawn.find().suspects().subList(0, 40).stream().filter(each -> drawn.wrong.contains(each.image())))
                .hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void shouldGiveTheSameReportAgain() {
        assertThat(new Drawn(4).find()).isEqualTo(new Drawn(4).find());
    }

    @Test
    void shouldNotSuspectWhatAPersonHasConfirmed() {
        Drawn drawn = new Drawn(4);
        String image = drawn.find().suspects().getFirst().image();
        drawn.labels.replaceAll(label ->
                label.image().equals(image) ? new GivenLabel(image, label.label(), label.group(), true) : label);
        assertThat(drawn.find().suspects()).extracting(SuspectLabel::image).doesNotContain(image);
    }

    /** One object, labelled wrongly in all of its ten images: they would confirm one another without the group. */
    @Test
    void shouldJudgeTheImagesOfAGroupByOthers() {
        Drawn drawn = new Drawn(4);
        for (int i = 0; i < 10; i++) {
            drawn.add(new GivenLabel("part-" + i, "dent", Optional.of("part"), false), 0, new SplittableRandom(99));
        }
        double grouped = fit(drawn.find());
        drawn.labels.replaceAll(label -> new GivenLabel(label.image(), label.label()));
        double alone = fit(drawn.find());
        assertThat(grouped).isLessThan(0.5 * alone);
    }

    private static double fit(WrongLabelReport report) {
        return report.suspects().stream()
                .filter(each -> each.image().startsWith("part"))
                .mapToDouble(SuspectLabel::fit)
                .average()
                .orElseThrow();
    }

    @Test
    void shouldLeaveOutAClassOfOneImage() {
        Drawn drawn = new Drawn(4);
        drawn.add(new GivenLabel("only", "scratch"), 2, new SplittableRandom(1));
        WrongLabelReport report = drawn.find();
        assertThat(report.unjudged()).containsExactly("only");
        assertThat(report.suspects()).hasSize(IMAGES);
    }

    @Test
    void shouldRefuseASetOfOneClass() {
        FeatureMatrix rows = FeatureMatrix.of(new float[][] {{1}, {2}, {3}});
        List<GivenLabel> labels =
                List.of(new GivenLabel("a", "good"), new GivenLabel("b", "good"), new GivenLabel("c", "bad"));
        assertThatThrownBy(() -> new WrongLabels(1).find(labels, rows))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID))
                .hasMessageContaining("Of the classes [bad, good], 1 have two or more images");
    }
}
