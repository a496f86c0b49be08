package dev.fovea.statistics.labelerrors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Softmax;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Golden numbers: cleanlab 2.9.0 on the same drawn probabilities; class 3 has no items. */
class ConfidentJointTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final int ITEMS = 80;
    private static final int CLASSES = 4;
    private static final int[] GIVEN = IntStream.range(0, ITEMS)
            .map(i -> i % 9 == 0 ? (i % 3 + 1) % 3 : i % 3)
            .toArray();
    private static final double[][] PROBABILITIES = IntStream.range(0, ITEMS)
            .mapToObj(i -> Softmax.of(IntStream.range(0, CLASSES)
                    .mapToDouble(k -> (k == i % 3 ? 2.2 : 0) + 1.3 * Math.sin(1.7 * i + 2.9 * k))
                    .toArray()))
            .toArray(double[][]::new);
    private static final ConfidentJoint JOINT = ConfidentJoint.of(GIVEN, PROBABILITIES);

    @Test
    void shouldCountAsCleanlabDoes() {
        assertThat(JOINT.threshold(0)).isCloseTo(0.6413001433054496, EXACT);
        assertThat(JOINT.threshold(1)).isCloseTo(0.5116044363253016, EXACT);
        assertThat(JOINT.threshold(2)).isCloseTo(0.6498930817105099, EXACT);
        long[][] expected = {{10, 0, 0, 0}, {6, 17, 0, 0}, {0, 0, 15, 0}, {0, 0, 0, 1}};
        for (int given = 0; given < CLASSES; given++) {
            for (int likely = 0; likely < CLASSES; likely++) {
                assertThat(JOINT.count(given, likely)).isEqualTo(expected[given][likely]);
            }
        }
        assertThat(JOINT.calibrated(1, 0)).isCloseTo(9.391304347826086, EXACT);
        assertThat(JOINT.calibrated(1, 1)).isCloseTo(26.60869565217391, EXACT);
        assertThat(JOINT.calibrated(3, 3)).isZero();
        assertThat(JOINT.offDiagonal()).containsExactly(0, 9, 27, 45, 63, 72);
    }

    @Test
    void shouldRankAsCleanlabDoes() {
        assertThat(Arrays.copyOf(LabelScore.SELF_CONFIDENCE.of(PROBABILITIES, GIVEN), 3))
                .containsExactly(new double[] {0.10258715249553234, 0.2521292946649897, 0.8400015301113206}, EXACT);
        assertThat(Arrays.copyOf(LabelScore.SELF_CONFIDENCE.ranking(PROBABILITIES, GIVEN), 12))
                .containsExactly(27, 45, 9, 72, 63, 0, 54, 77, 1, 29, 49, 64);
        assertThat(Arrays.copyOf(LabelScore.NORMALIZED_MARGIN.of(PROBABILITIES, GIVEN), 3))
                .containsExactly(new double[] {0.21211002938973594, 0.44154473053928, 0.88440033510196}, EXACT);
        assertThat(Arrays.copyOf(LabelScore.NORMALIZED_MARGIN.ranking(PROBABILITIES, GIVEN), 12))
                .containsExactly(45, 27, 9, 63, 72, 0, 54, 64, 29, 1, 49, 14);
    }

    @Test
    void shouldEstimateTheShareOfEachClass() {
        LabelNoise noise = LabelNoise.of(JOINT);
        assertThat(noise.items()).isEqualTo(ITEMS);
        assertThat(noise.shares().get(3)).isEmpty();
        Interval second = noise.shares().get(1).orElseThrow();
        assertThat(second.value()).isCloseTo(6.0 / 23, EXACT);
        // Wilson 1927, worked by hand for 6 of 23
        assertThat(second.low()).isCloseTo(0.1255, within(1e-4));
        assertThat(second.high()).isCloseTo(0.4647, within(1e-4));
        assertThat(noise.wrong()).isCloseTo(9.391304347826086, EXACT);
        assertThat(noise.share().low()).isPositive();
    }

    /**
     * Probabilities that are exactly right, 10 % wrong labels. The thresholds leave out the unsure, so that the
     * estimate is near the truth and not equal to it.
     */
    @Test
    void shouldFindHowManyLabelsAreWrongAndHowManyToReview() {
        SplittableRandom random = new SplittableRandom(5);
        int items = 4000;
        int[] given = new int[items];
        boolean[] wrong = new boolean[items];
        double[][] probabilities = new double[items][];
        for (int i = 0; i < items; i++) {
            double sure = random.nextInt(4) == 0 ? 0.6 : 0.97;
            int best = random.nextInt(3);
            int truth = random.nextDouble() < sure ? best : (best + 1 + random.nextInt(2)) % 3;
            wrong[i] = random.nextInt(10) == 0;
            given[i] = wrong[i] ? (truth + 1 + random.nextInt(2)) % 3 : truth;
            probabilities[i] = new double[] {(1 - sure) / 2, (1 - sure) / 2, (1 - sure) / 2};
            probabilities[i][best] = sure;
        }
        ConfidentJoint joint = ConfidentJoint.of(given, probabilities);
        LabelNoise noise = LabelNoise.of(joint);
        assertThat(noise.share().value()).isBetween(0.08, 0.16);
        ReviewEffort effort = ReviewEffort.of(joint, given, probabilities);
        assertThat(effort.expected()).isCloseTo(noise.wrong(), within(1e-6));
        int[] ranking = LabelScore.SELF_CONFIDENCE.ranking(probabilities, given);
        int review = effort.items(ranking, effort.expected(), 0.5);
        long found = Arrays.stream(ranking).limit(review).filter(i -> wrong[i]).count();
        assertThat(found / 400.0).isBetween(0.4, 0.75);
        assertThat(effort.items(ranking, effort.expected(), 1)).isGreaterThan(review);
    }

    @Test
    void shouldReviewNothingWhereNothingIsWrong() {
        int[] given = {0, 1, 0, 1};
        double[][] probabilities = {{1, 0}, {0, 1}, {1, 0}, {0, 1}};
        ConfidentJoint joint = ConfidentJoint.of(given, probabilities);
        ReviewEffort effort = ReviewEffort.of(joint, given, probabilities);
        assertThat(LabelNoise.of(joint).share().value()).isZero();
        assertThat(effort.items(new int[] {0, 1, 2, 3}, effort.expected(), 0.5)).isZero();
    }

    @Test
    void shouldRefuseProbabilitiesThatAreNone() {
        assertThatThrownBy(() -> ConfidentJoint.of(new int[] {0}, new double[][] {{Double.NaN, 1}}))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("Item 0 has the probabilities [NaN, 1.0]");
        assertThatThrownBy(() -> ConfidentJoint.of(new int[] {2}, new double[][] {{0.5, 0.5}}))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("Item 0 has label 2");
    }
}
