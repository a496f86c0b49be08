package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

    /** The textbook matrix 2 1, 1 2 has the values 3 and 1 along (1, 1) and (1, -1). */
    @Test
    void shouldFindTheEigenvectorsOfASymmetricMatrix() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});
        assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-12));
        assertThat(Math.abs(eigen.vectors()[0][0])).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(eigen.vectors()[0][0]).isCloseTo(eigen.vectors()[0][1], within(1e-12));
    }

    /** A v = λ v for each of a random matrix, and the vectors are orthonormal. */
    @Test
    void shouldSolveTheEquationOfEigenvectors() {
        Random random = new Random(3);
        int n = 12;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                a[i][j] = a[j][i] = random.nextGaussian();
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(a);
        for (int k = 0; k < n; k++) {
            double[] v = eigen.vectors()[k];
            for (int i = 0; i < n; i++) {
                double product = 0;
                double dot = 0;
                for (int j = 0; j < n; j++) {
                    product += a[i][j] * v[j];
                    dot += eigen.vectors()[i][j] * v[j];
                }
                assertThat(product).isCloseTo(eigen.values()[k] * v[i], within(1e-9));
                assertThat(dot).isCloseTo(i == k ? 1 : 0, within(1e-9));
            }
        }
    }

    /** Rows of independent coordinates with deviations 5, 3, 1, 0.1, turned by 30° in the first two. */
    @Test
    void shouldFindTheDirectionsOfMostVariance() {
        Random random = new Random(5);
        int n = 4000;
        float[][] rows = new float[n][4];
        double cos = Math.cos(Math.PI / 6);
        double sin = 0.5;
        for (float[] row : rows) {
            double x = 5 * random.nextGaussian();
            double y = 3 * random.nextGaussian();
            row[0] = (float) (10 + cos * x - sin * y);
            row[1] = (float) (-4 + sin * x + cos * y);
            row[2] = (float) random.nextGaussian();
            row[3] = (float) (0.1 * random.nextGaussian());
        }
        PrincipalComponents found = PrincipalComponents.of(FeatureMatrix.of(rows), 2, 1);
        assertThat(found.components()).hasNumberOfRows(2);
        assertThat(found.variances()[0]).isCloseTo(25, within(1.5));
        assertThat(found.variances()[1]).isCloseTo(9, within(0.6));
        assertThat(found.components()[0]).containsExactly(new double[] {cos, sin, 0, 0}, within(0.04));
        assertThat(found.components()[1]).containsExactly(new double[] {-sin, cos, 0, 0}, within(0.04));
        assertThat(found.mean()[0]).isCloseTo(10, within(0.3));
    }

    @Test
    void shouldGiveNoMoreDirectionsThanRowsOrFeaturesHave() {
        FeatureMatrix three = FeatureMatrix.of(new float[][] {{1, 0, 0, 0, 0}, {0, 2, 0, 0, 0}, {0, 0, 3, 0, 0}});
        PrincipalComponents few = PrincipalComponents.of(three, 32, 1);
        assertThat(few.components()).hasNumberOfRows(2);
        // the trace of the covariance of three points
        assertThat(few.variances()[0] + few.variances()[1]).isCloseTo((1 + 4 + 9) / 2.0 - 14 / 6.0, within(1e-6));
        float[][] line = new float[50][3];
        for (int i = 0; i < 50; i++) {
            line[i][1] = i;
        }
        PrincipalComponents one = PrincipalComponents.of(FeatureMatrix.of(line), 3, 1);
        assertThat(one.variances()[0]).isCloseTo(50 * 51 / 12.0, within(1e-6));
        assertThat(one.variances()[1]).isCloseTo(0, within(1e-9));
    }
}
