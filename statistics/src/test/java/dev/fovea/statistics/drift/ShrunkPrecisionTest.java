package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ShrunkPrecisionTest {

    @Test
    void ofManyRowsItIsTheInverseOfTheCovarianceWithItsCorrelationsShrunkByATenth() {
        RandomGenerator random = new SplittableRandom(8);
        double[][] rows = new double[50_000][];
        for (int i = 0; i < rows.length; i++) {
            double a = random.nextGaussian();
            rows[i] = new double[] {2 * a, 0.6 * a + 0.8 * random.nextGaussian()};
        }
        double[][] precision = ShrunkPrecision.of(rows);
        // covariance [[4, 1.2], [1.2, 1]]; 0.9 · 1.2 = 1.08; determinant 4 - 1.08² = 2.8336
        assertThat(precision[0][0]).isCloseTo(1 / 2.8336, within(0.01));
        assertThat(precision[0][1]).isCloseTo(-1.08 / 2.8336, within(0.01));
        assertThat(precision[1][1]).isCloseTo(4 / 2.8336, within(0.03));
    }

    @Test
    void ofFewerRowsThanDimensionsItIsStillFinite() {
        double[][] precision = ShrunkPrecision.of(new double[][] {{1, 2, 3, 0}, {-1, 0, 1, 0}});
        for (double[] row : precision) {
            for (double value : row) {
                assertThat(value).isFinite();
            }
        }
    }
}
