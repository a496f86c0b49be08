package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Require;

/**
 * A Gaussian of feature vectors, as PaDiM fits one for each place of an image: T. Defard, A. Setkov, A. Loesch, R.
 * Audigier, "PaDiM: a patch distribution modeling framework for anomaly detection and localization", ICPR workshops
 * (2021), arXiv:2011.08785, equation 1. The covariance has the divisor {@code n - 1}, and a ridge on its diagonal that
 * makes it invertible with fewer samples than dimensions. Not thread-safe: {@link #distance} works in a buffer.
 */
public final class FeatureGaussian {

    private final int dimensions;
    private final double[] mean;

    /** The inverse of the Cholesky factor, row by row; its upper triangle is 0. */
    private final double[] whitening;

    private final double[] centred;

    private FeatureGaussian(double[] mean, double[] whitening) {
        this.dimensions = mean.length;
        this.mean = mean;
        this.whitening = whitening;
        this.centred = new double[mean.length];
    }

    /**
     * The Gaussian of samples, of which there are two or more.
     *
     * @param ridge added to each variance; positive
     */
    public static FeatureGaussian of(FeatureMoments samples, double ridge) {
        Require.that(ridge > 0, "A ridge of %s; it must be positive.", ridge);
        int d = samples.dimensions();
        double[] factor = samples.covariance();
        for (int i = 0; i < d; i++) {
            factor[i * d + i] += ridge;
        }
        factorize(factor, d);
        return new FeatureGaussian(samples.mean(), inverse(factor, d));
    }

    /** Cholesky's factor in the place of the lower triangle. */
    private static void factorize(double[] matrix, int d) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i * d + k] * matrix[j * d + k];
                }
                Require.that(
                        i != j || (sum > 0 && Double.isFinite(sum)),
                        "The covariance is not positive definite at %d.",
                        i);
                matrix[i * d + j] = i == j ? Math.sqrt(sum) : sum / matrix[j * d + j];
            }
        }
    }

    /** The inverse of a lower triangular matrix, row by row through forward substitution. */
    private static double[] inverse(double[] factor, int d) {
        double[] inverse = new double[d * d];
        for (int i = 0; i < d; i++) {
            double[] row = new double[i];
            for (int k = 0; k < i; k++) {
                double value = factor[i * d + k];
                for (int j = 0; j <= k; j++) {
                    row[j] -= value * inverse[k * d + j];
                }
            }
            double diagonal = factor[i * d + i];
            for (int j = 0; j < i; j++) {
                inverse[i * d + j] = row[j] / diagonal;
            }
            inverse[i * d + i] = 1 / diagonal;
        }
        return inverse;
    }

    /** d. */
    public int dimensions() {
        return dimensions;
    }

    /** The mean in a dimension. */
    public double mean(int dimension) {
        return mean[dimension];
    }

    /** A number of the matrix W, lower triangular, for which {@code |W (x - mean)|} is the distance of x. */
    public double whitening(int row, int column) {
        return whitening[row * dimensions + column];
    }

    /** The Mahalanobis distance of a vector {@code [d]} from the mean. */
    public double distance(float[] sample) {
        for (int i = 0; i < dimensions; i++) {
            centred[i] = sample[i] - mean[i];
        }
        double total = 0;
        for (int i = 0; i < dimensions; i++) {
            double sum = 0;
            int row = i * dimensions;
            for (int j = 0; j <= i; j++) {
                sum += whitening[row + j] * centred[j];
            }
            total += sum * sum;
        }
        return Math.sqrt(total);
    }
}
