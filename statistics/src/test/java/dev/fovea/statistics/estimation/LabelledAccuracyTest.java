package dev.fovea.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledAccuracyTest {

    private static final int RUNS = 200;
    private static final int[] LOOKS = {40, 60, 100, 150, 200};

    @Test
    void intervalsOfRandomLabelsCoverAtEachLookAndAreNarrowerThanLabelsAlone() {
        int[] covered = new int[LOOKS.length];
        double[] width = new double[LOOKS.length];
        double[] alone = new double[LOOKS.length];
        for (int run = 0; run < RUNS; run++) {
            Case one = new Case(run);
            int[] order = one.shuffled();
            for (int look = 0; look < LOOKS.length; look++) {
                int[] rows = Arrays.copyOf(order, LOOKS[look]);
                LabelledAccuracy estimate = one.estimate(new LabelledSample.SimpleRandom(rows));
                Interval interval = estimate.accuracy().interval();
                covered[look] += interval.contains(one.live.accuracy()) ? 1 : 0;
                width[look] += interval.width();
                alone[look] += one.alone(rows).width();
            }
        }
        for (int look = 0; look < LOOKS.length; look++) {
            assertThat(covered[look] / (double) RUNS).isBetween(0.905, 0.99);
            assertThat(width[look]).isLessThan(alone[look]);
        }
    }

    @Test
    void intervalsOfPlannedLabelsCoverAtEachLookAndTheSequenceCoversAtAllOfThem() {
        int[] covered = new int[LOOKS.length];
        double[] width = new double[LOOKS.length];
        int always = 0;
        for (int run = 0; run < RUNS; run++) {
            Case one = new Case(run);
            double[] guesses = ClassGuesses.right(one.guesses);
            double[] probabilities = LabelPlan.probabilities(guesses, DesignWeights.ones(guesses.length));
            LabelPlan plan = LabelPlan.of(probabilities, 200, run);
            ConfidenceSequence sequence = new ConfidenceSequence(100, 0.95);
            boolean holds = true;
            for (int terms = 20; terms <= 200; terms += 5) {
                int[] rows = Arrays.copyOf(plan.drawn(), terms);
                double[] outcomes = one.live.outcomes();
                LabelledSample sample = new LabelledSample.Draws(Arrays.copyOf(plan.drawProbabilities(), terms), rows);
                DesignWeights all = DesignWeights.ones(guesses.length);
                MeanEstimate estimate = sample.mean(
                        guesses,
                        all,
                        Arrays.stream(rows).mapToDouble(row -> outcomes[row]).toArray());
                holds &= sequence.interval(estimate, sample.expectedVariance(guesses, all))
                        .contains(one.live.accuracy());
                int look = Arrays.binarySearch(LOOKS, terms);
                if (look >= 0) {
                    covered[look] += estimate.interval().contains(one.live.accuracy()) ? 1 : 0;
                    width[look] += estimate.interval().width();
                }
            }
            always += holds ? 1 : 0;
        }
        for (int look = 0; look < LOOKS.length; look++) {
            assertThat(covered[look] / (double) RUNS).isBetween(0.905, 0.99);
        }
        assertThat(always / (double) RUNS).isGreaterThan(0.92);
    }

    @Test
    void aSequenceDoesNotTrustTermsThatHardlyVaryYet() {
        double[] terms = new double[25];
        Arrays.fill(terms, 1);
        terms[7] = 0.75;
        MeanEstimate estimate = MeanEstimate.of(terms, 0, 0);
        ConfidenceSequence sequence = new ConfidenceSequence(100, 0.95);

        double low = sequence.interval(estimate, 0).low();

        assertThat(sequence.interval(estimate, 0.2).low()).isLessThan(low - 0.05);
        assertThat(sequence.interval(estimate, estimate.termVariance() / 2).low())
                .as("a smaller expectation changes nothing")
                .isEqualTo(low);
    }

    @Test
    void allLabelsGiveTheShareItself() {
        Case one = new Case(1);

        LabelledAccuracy estimate = one.estimate(new LabelledSample.SimpleRandom(
                IntStream.range(0, one.live.truth().length).toArray()));

        assertThat(estimate.accuracy().interval().low()).isCloseTo(one.live.accuracy(), within(1e-9));
        assertThat(estimate.accuracy().interval().high()).isCloseTo(one.live.accuracy(), within(1e-9));
        assertThat(estimate.classes().get(2).recall().orElseThrow().value())
                .isCloseTo(one.live.recall(2), within(1e-9));
    }

    /** Live predictions whose confidence is worse than the calibration knows. */
    private static final class Case {

        final DrawnTraffic.Drawn live;
        final double[][] guesses;
        private final int run;

        Case(int run) {
            DrawnTraffic traffic = new DrawnTraffic(run);
            DrawnTraffic.Drawn reference = traffic.draw(500, 1, 0);
            this.live = traffic.draw(3_000, 2, 0.05);
            this.guesses = new ClassGuesses(reference.predictions(), reference.truth()).of(live.predictions());
            this.run = run;
        }

        int[] shuffled() {
            return new SplittableRandom(run)
                    .ints(0, live.truth().length)
                    .distinct()
                    .limit(live.truth().length / 2)
                    .toArray();
        }

        LabelledAccuracy estimate(LabelledSample sample) {
            int[] truth =
                    Arrays.stream(sample.rows()).map(row -> live.truth()[row]).toArray();
            return LabelledAccuracy.of(live.predictions(), DesignWeights.ones(guesses.length), guesses, sample, truth);
        }

        Interval alone(int[] rows) {
            return WilsonInterval.of(
                    Arrays.stream(rows).filter(row -> live.outcomes()[row] == 1).count(), rows.length);
        }
    }
}
