package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Require;

/**
 * Count, sums and products of feature vectors, which add up over parts of the samples: one pass gives the covariance of
 * all samples and of all but any part. Vectors are taken relative to an origin near their mean, so that nothing
 * cancels. Not thread-safe.
 */
public final class FeatureMoments {

    private final double[] origin;
    private final double[] sums;

    /** The lower triangle, row by row. */
    private final double[] products;

    private final double[] relative;
    private int count;

    /** Without samples. */
    public FeatureMoments(double[] origin) {
        this.origin = origin.clone();
        this.sums = new double[origin.length];
        this.products = new double[origin.length * origin.length];
        this.relative = new double[origin.length];
    }

    /** The mean of vectors {@code [n][d]}, of which there is one or more. */
    public static double[] mean(float[][] samples) {
        double[] mean = new double[samples[0].length];
        for (float[] sample : samples) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += sample[i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= samples.length;
        }
        return mean;
    }

    /** Adds a vector {@code [d]}. */
    public void add(float[] sample) {
        int d = origin.length;
        for (int i = 0; i < d; i++) {
            relative[i] = sample[i] - origin[i];
        }
        for (int i = 0; i < d; i++) {
            double value = relative[i];
            int row = i * d;
            sums[i] += value;
            for (int j = 0; j <= i; j++) {
                products[row + j] += value * relative[j];
            }
        }
        count++;
    }

    /** Adds the samples of others with the same origin. */
    public void add(FeatureMoments other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
        count += other.count;
    }

    /** d. */
    int dimensions() {
        return origin.length;
    }

    double[] mean() {
        double[] mean = new double[origin.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = origin[i] + sums[i] / count;
        }
        return mean;
    }

    /** The lower triangle of the covariance with the divisor {@code n - 1}, row by row. */
    double[] covariance() {
        Require.that(count > 1, "A covariance of %d samples; it needs two or more.", count);
        int d = origin.length;
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i * d + j] = (products[i * d + j] - sums[i] * sums[j] / count) / (count - 1);
            }
        }
        return covariance;
    }
}
