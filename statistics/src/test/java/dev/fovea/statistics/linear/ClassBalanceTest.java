package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassBalanceTest {

    private static final int[] LABELS =
            IntStream.range(0, 40).map(i -> i % 8 == 0 ? 1 : 0).toArray();
    private static final ClassTargets TARGETS = ClassTargets.ofLabels(LABELS, 2);
    private static final Offset<Double> CLOSE = within(1e-12);

    private static double total(ClassTargets targets, int label) {
        return IntStream.range(0, targets.rows())
                .mapToDouble(row -> targets.weight(row, label))
                .sum();
    }

    @Test
    void shouldMakeClassesCountTheSame() {
        ClassTargets weighted = ClassBalance.WEIGHTS.of(TARGETS, 1);
        assertThat(total(weighted, 0)).isEqualTo(total(weighted, 1), CLOSE).isEqualTo(20, CLOSE);
        ClassTargets rooted = ClassBalance.ROOT_WEIGHTS.of(TARGETS, 1);
        assertThat(total(rooted, 0) / total(rooted, 1)).isEqualTo(Math.sqrt(7), CLOSE);
        ClassTargets under = ClassBalance.UNDERSAMPLED.of(TARGETS, 1);
        assertThat(total(under, 0)).isEqualTo(5, CLOSE);
        assertThat(total(under, 1)).isEqualTo(5, CLOSE);
    }

    /** Which is why there is no way of its own that draws rows of rare classes several times. */
    @Test
    void shouldWeighRareRowsAsOversamplingDoes() {
        int[] drawn = IntStream.concat(
                        IntStream.range(0, LABELS.length),
                        IntStream.range(0, LABELS.length)
                                .filter(i -> LABELS[i] == 1)
                                .flatMap(i -> IntStream.generate(() -> i).limit(6)))
                .toArray();
        FeatureMatrix features = FeatureMatrix.of(IntStream.range(0, LABELS.length)
                .mapToObj(i -> new float[] {(float) Math.sin(i), (float) (Math.cos(1.3 * i) + LABELS[i])})
                .toArray(float[][]::new));
        LogisticSettings oversampled = new LogisticSettings(1, false, 1e-10, 1000);
        // the same sum of losses: 35 rows of each class, 20 of each by weights
        LogisticSettings weighted = oversampled.withC(70.0 / 40);
        double[][] repeated = LogisticRegression.fit(features.select(drawn), TARGETS.select(drawn), oversampled)
                .probabilities(features);
        double[][] counted = LogisticRegression.fit(features, ClassBalance.WEIGHTS.of(TARGETS, 1), weighted)
                .probabilities(features);
        for (int i = 0; i < LABELS.length; i++) {
            assertThat(counted[i][1]).isEqualTo(repeated[i][1], within(1e-7));
        }
    }

    /** The gradient against differences of the loss, whose formula is written out once more here. */
    @Test
    void shouldDescendTheFocalLoss() {
        FeatureMatrix features = FeatureMatrix.of(new float[][] {{1, 2}, {-1, 0.5f}, {0.3f, -2}, {2, 2}});
        ClassTargets targets =
                ClassTargets.ofSoftLabels(new double[][] {{1, 0, 0}, {0, 1, 0}, {0.2, 0.3, 0.5}, {0, 0, 2}});
        LogisticLoss loss =
                new LogisticLoss(features, Standardization.none(2), targets, LogisticSettings.DEFAULT.withFocus(2));
        double[] point = IntStream.range(0, loss.parameters())
                .mapToDouble(i -> 0.4 * Math.sin(2 * i + 1))
                .toArray();
        double[] gradient = new double[point.length];
        assertThat(loss.value(point, gradient)).isEqualTo(focal(features, targets, point), within(1e-7));
        double[] ignored = new double[point.length];
        double step = 1e-4;
        for (int i = 0; i < point.length; i++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += step;
            down[i] -= step;
            double slope = (loss.value(up, ignored) - loss.value(down, ignored)) / (2 * step);
            assertThat(gradient[i]).isEqualTo(slope, within(1e-6));
        }
    }

    private static double focal(FeatureMatrix features, ClassTargets targets, double[] point) {
        double sum = 0;
        for (int row = 0; row < features.rows(); row++) {
            double[] exponentials = new double[3];
            for (int k = 0; k < 3; k++) {
                exponentials[k] = Math.exp(point[2 * k] * features.value(row, 0)
                        + point[2 * k + 1] * features.value(row, 1)
                        + point[6 + k]);
            }
            double total = Arrays.stream(exponentials).sum();
            for (int k = 0; k < 3; k++) {
                double p = exponentials[k] / total;
                sum -= targets.weight(row, k) * (1 - p) * (1 - p) * Math.log(p);
            }
        }
        double squares =
                IntStream.range(0, 6).mapToDouble(i -> point[i] * point[i]).sum();
        return (sum + squares / 2) / targets.total();
    }
}
