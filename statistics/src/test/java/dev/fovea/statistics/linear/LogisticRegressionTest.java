package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Golden numbers: {@code LogisticRegression} of scikit-learn 1.9.1 with {@code tol=1e-12} on the same drawn rows. */
class LogisticRegressionTest {

    private static final int ROWS = 60;
    private static final int COLUMNS = 5;
    private static final Offset<Double> EXACT = within(2e-6);

    private static final int[] LABELS = IntStream.range(0, ROWS).map(i -> i % 3).toArray();
    private static final FeatureMatrix FEATURES = FeatureMatrix.of(drawn());
    private static final double[] WEIGHTS =
            IntStream.range(0, ROWS).mapToDouble(i -> 1 + 0.5 * Math.sin(i)).toArray();

    private static float[][] drawn() {
        float[][] rows = new float[ROWS][COLUMNS];
        for (int i = 0; i < ROWS; i++) {
            for (int d = 0; d < COLUMNS; d++) {
                rows[i][d] = (float) (Math.sin(1.7 * i + 2.3 * d) * 1.5 + (d == LABELS[i] ? 1.2 : 0) + 3 * d);
            }
        }
        return rows;
    }

    private static LogisticSettings exact(double c, boolean standardized) {
        return new LogisticSettings(c, standardized, 1e-10, 5000);
    }

    @Test
    void shouldFitWeightedRowsAsTheReferenceDoes() {
        ClassTargets targets = ClassTargets.ofLabels(LABELS, 3).weighted(WEIGHTS);
        List<LogisticRegression> models =
                LogisticRegression.path(FEATURES, targets, exact(1, true), new double[] {0.1, 10});
        assertThat(models).allMatch(LogisticRegression::converged);
        double[][] strong = models.getFirst().probabilities(FEATURES);
        assertThat(strong[0])
                .containsExactly(new double[] {0.5396387315603081, 0.3319806466185748, 0.1283806218211172}, EXACT);
        assertThat(strong[2])
                .containsExactly(new double[] {0.17318917069430653, 0.15193351566893618, 0.6748773136367573}, EXACT);
        double[][] weak = models.getLast().probabilities(FEATURES);
        assertThat(weak[0])
                .containsExactly(new double[] {0.9741497177084925, 0.01981839761983312, 0.006031884671674379}, EXACT);
        assertThat(weak[1])
                .containsExactly(new double[] {0.02030514394223799, 0.9434359663279689, 0.036258889729793096}, EXACT);
    }

    @Test
    void shouldGiveTheReferenceWeightsWithoutStandardization() {
        LogisticRegression model = LogisticRegression.fit(FEATURES, ClassTargets.ofLabels(LABELS, 3), exact(2, false));
        assertThat(model.converged()).isTrue();
        assertThat(model.weight(0, 0)).isCloseTo(1.8805363448160664, within(5e-5));
        assertThat(model.weight(1, 4)).isCloseTo(-2.4997967179627087, within(5e-5));
        assertThat(model.intercept(2) - model.intercept(0))
                .isCloseTo(-38.12538494501235 - 3.883148116648825, within(1e-3));
    }

    @Test
    void shouldFitSoftLabelsAsRepeatedWeightedRows() {
        double[][] soft = new double[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            soft[i] = new double[] {0.15, 0.15, 0.15};
            soft[i][LABELS[i]] = 0.7;
        }
        double[][] probabilities = LogisticRegression.fit(FEATURES, ClassTargets.ofSoftLabels(soft), exact(1, true))
                .probabilities(FEATURES);
        assertThat(probabilities[0])
                .containsExactly(new double[] {0.6279733979848217, 0.2213010717739723, 0.15072553024120597}, EXACT);
        assertThat(probabilities[1])
                .containsExactly(new double[] {0.20612514515724645, 0.5471742776327183, 0.24670057721003535}, EXACT);
    }

    @Test
    void shouldFitTwoClassesAtHalfTheBinaryC() {
        int[] labels = Arrays.stream(LABELS).map(label -> label == 0 ? 1 : 0).toArray();
        double[][] probabilities = LogisticRegression.fit(FEATURES, ClassTargets.ofLabels(labels, 2), exact(1, true))
                .probabilities(FEATURES);
        assertThat(probabilities[0]).containsExactly(new double[] {0.12279267081970346, 0.8772073291802965}, EXACT);
        assertThat(probabilities[1]).containsExactly(new double[] {0.9122422489670253, 0.08775775103297472}, EXACT);
    }

    @Test
    void shouldGiveAConstantFeatureNoInfluence() {
        float[][] rows = drawn();
        for (float[] row : rows) {
            row[3] = 1000;
        }
        LogisticRegression model = LogisticRegression.fit(
                FeatureMatrix.of(rows), ClassTargets.ofLabels(LABELS, 3), LogisticSettings.DEFAULT);
        assertThat(model.weight(0, 3)).isZero();
        assertThat(Arrays.stream(model.probabilities(FeatureMatrix.of(rows))).flatMapToDouble(Arrays::stream))
                .allMatch(Double::isFinite);
    }

    @Test
    void shouldTransformEachValueOrRow() {
        FeatureMatrix rows = FeatureMatrix.of(new float[][] {{9, -16}, {0, 0}});
        assertThat(rows.signedRoots().row(0)).containsExactly(3, -4);
        assertThat(rows.signedRoots().normalized().row(0)).containsExactly(0.6f, -0.8f);
        assertThat(rows.normalized().row(1)).containsExactly(0, 0);
        assertThat(rows.squaredDistance(0, rows, 1)).isEqualTo(337);
    }

    @Test
    void shouldRefuseWhatHasNoMeaning() {
        assertThatThrownBy(() -> FeatureMatrix.of(new float[][] {{1, Float.NaN}}))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("Feature 1 of row 0 is NaN");
        assertThatThrownBy(() -> ClassTargets.ofLabels(new int[] {0, 2}, 2))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("Row 1 has label 2");
        ClassTargets nothing = ClassTargets.ofLabels(LABELS, 3).weighted(new double[ROWS]);
        assertThatThrownBy(() -> LogisticRegression.fit(FEATURES, nothing, LogisticSettings.DEFAULT))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("at least one row must count");
    }
}
