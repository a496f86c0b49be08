package dev.fovea.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.Interval;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Precision and recall of classes from few labels. */
class ClassIntervalsTest {

    private static final int CLASSES = 5;
    private static final int PREDICTIONS = 1_600;
    private static final int LABELS = 60;
    private static final int RUNS = 100;

    /** How often intervals hold what is true. */
    private static final class Coverage {
        private int all;
        private int held;
        private double width;

        void add(Interval interval, double truth) {
            all++;
            held += interval.low() - 1e-9 <= truth && truth <= interval.high() + 1e-9 ? 1 : 0;
            width += interval.width();
        }

        double share() {
            return held / (double) all;
        }

        double width() {
            return width / all;
        }
    }

    /** A version whose held-out images it got right two times in three, and its live ones as often as stated. */
    private static DrawnTraffic.Drawn draw(SplittableRandom random, int count, double right) {
        int[][] labels = new int[count][];
        double[][] scores = new double[count][];
        int[] truth = new int[count];
        for (int i = 0; i < count; i++) {
            double sure = 0.35 + 0.6 * random.nextDouble();
            int predicted = random.nextInt(CLASSES);
            int second = (predicted + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
            double own = right > 0 ? right : sure;
            truth[i] = random.nextDouble() < own ? predicted : (predicted + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
            labels[i] = new int[] {predicted, second};
            scores[i] = new double[] {sure, (1 - sure) * 0.6};
        }
        return new DrawnTraffic.Drawn(new ClassPredictions(CLASSES, labels, scores), truth, new double[count]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.92, 0.98})
    void shouldHoldPrecisionAndRecallInNineteenOfTwentyIntervals(double right) {
        SplittableRandom random = new SplittableRandom(7);
        DrawnTraffic.Drawn reference = draw(random, 200, 0);
        DrawnTraffic.Drawn live = draw(random, PREDICTIONS, right);
        double[][] guesses = new ClassGuesses(reference.predictions(), reference.truth()).of(live.predictions());
        for (boolean planned : new boolean[] {false, true}) {
            Coverage accuracy = new Coverage();
            Coverage precision = new Coverage();
            Coverage recall = new Coverage();
            for (int run = 0; run < RUNS; run++) {
                LabelledAccuracy estimate = estimate(live, guesses, sample(random, guesses, planned));
                accuracy.add(estimate.accuracy().interval(), live.accuracy());
                for (ClassEstimate one : estimate.classes()) {
                    one.precision().ifPresent(found -> precision.add(found, live.precision(one.label())));
                    one.recall().ifPresent(found -> recall.add(found, live.recall(one.label())));
                }
            }
            assertThat(accuracy.share()).isBetween(0.92, 1.0);
            assertThat(precision.share()).isGreaterThan(0.93);
            assertThat(recall.share()).isGreaterThan(0.93);
        }
    }

    private static LabelledSample sample(SplittableRandom random, double[][] guesses, boolean planned) {
        if (!planned) {
            return new LabelledSample.SimpleRandom(
                    random.ints(0, PREDICTIONS).distinct().limit(LABELS).toArray());
        }
        LabelPlan plan = LabelPlan.of(
                LabelPlan.probabilities(ClassGuesses.right(guesses), DesignWeights.ones(PREDICTIONS)),
                LABELS,
                random.nextLong());
        return new LabelledSample.Draws(plan.drawProbabilities(), plan.drawn());
    }

    private static LabelledAccuracy estimate(DrawnTraffic.Drawn live, double[][] guesses, LabelledSample sample) {
        int[] truth = Arrays.stream(sample.rows()).map(row -> live.truth()[row]).toArray();
        return LabelledAccuracy.of(live.predictions(), DesignWeights.ones(live.truth().length), guesses, sample, truth);
    }

    @Test
    void shouldBeAsWideAsTheLabelsOfTheClassLetItBe() {
        Interval all = SurveyInterval.of(1, 0, 10);
        Interval beyond = SurveyInterval.of(1.2, 0.03, 60);

        assertThat(all.low()).as("ten of ten").isBetween(0.6, 0.72);
        assertThat(beyond.low())
                .as("the variance of an estimate above 1 counts")
                .isLessThan(0.85);
        assertThat(SurveyInterval.of(0, 0, 10).high()).isCloseTo(1 - all.low(), within(1e-12));
        assertThat(SurveyInterval.of(0.999, 1e-9, 10).low()).isCloseTo(all.low(), within(0.01));
    }

    @Test
    void shouldNotSayThatAllAreFoundWhereALabelledOneWasMissed() {
        int[][] labels =
                IntStream.range(0, 400).mapToObj(i -> new int[] {i % 2}).toArray(int[][]::new);
        double[][] scores =
                IntStream.range(0, 400).mapToObj(i -> new double[] {0.6}).toArray(double[][]::new);
        ClassPredictions predictions = new ClassPredictions(2, labels, scores);
        double[][] guesses = new double[400][];
        Arrays.setAll(guesses, i -> new double[] {i < 40 ? 0.1 : 1});
        int[] rows = IntStream.range(0, 30).toArray();
        int[] truth = Arrays.stream(rows).map(i -> i < 2 ? 1 - i % 2 : i % 2).toArray();

        Optional<Interval> recall = LabelledAccuracy.of(
                        predictions, DesignWeights.ones(400), guesses, new LabelledSample.SimpleRandom(rows), truth)
                .classes()
                .getFirst()
                .recall();

        assertThat(recall.orElseThrow().value()).isLessThan(1);
        assertThat(recall.orElseThrow().low()).isLessThan(0.85);
    }
}
