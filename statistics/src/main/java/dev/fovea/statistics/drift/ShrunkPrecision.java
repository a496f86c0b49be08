package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import org.hipparchus.linear.CholeskyDecomposer;
import org.hipparchus.linear.MatrixUtils;

/**
 * The inverse of a covariance matrix that is shrunk towards its diagonal, with the weight that minimises the expected
 * squared error. Sources: O. Ledoit, M. Wolf, "A well-conditioned estimator for large-dimensional covariance matrices",
 * Journal of Multivariate Analysis 88 (2004) 365–411; target and weight: J. Schäfer, K. Strimmer, Statistical
 * Applications in Genetics and Molecular Biology 4 (2005) 32.
 */
public final class ShrunkPrecision {

    private ShrunkPrecision() {}

    /**
     * The precision of rows with mean 0, {@code [n][d]}, as {@code [d][d]}.
     *
     * @param rows at least 2
     */
    public static double[][] of(double[][] rows) {
        Require.that(rows.length >= 2, "%d rows; a covariance needs at least two.", rows.length);
        int n = rows.length;
        int d = rows[0].length;
        double[][] covariance = new double[d][d];
        double[][] squares = new double[d][d];
        for (double[] row : rows) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    double product = row[a] * row[b];
                    covariance[a][b] += product / n;
                    squares[a][b] += product * product / n;
                }
            }
        }
        double error = 0;
        double size = 0;
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < a; b++) {
                double scale = covariance[a][a] * covariance[b][b];
                if (scale > 0) {
                    double value = covariance[a][b];
                    error += (squares[a][b] - value * value) / n / scale;
                    size += value * value / scale;
                }
            }
        }
        double weight = size > 0 ? Math.clamp(error / size, 0.1, 1) : 1;
        for (int a = 0; a < d; a++) {
            covariance[a][a] = Math.max(covariance[a][a], 1e-9);
            for (int b = 0; b < a; b++) {
                covariance[a][b] *= 1 - weight;
                covariance[b][a] = covariance[a][b];
            }
        }
        return new CholeskyDecomposer(1e-9, 0)
                .decompose(MatrixUtils.createRealMatrix(covariance))
                .getInverse()
                .getData();
    }
}
