package dev.fovea.statistics.linear;

import java.util.Arrays;

/**
 * Shift and scale of each feature to mean 0 and standard deviation 1 (of the population); a constant feature is only
 * shifted. {@code [D]} each.
 */
final class Standardization {

    /** Deviations up to this share of the largest absolute value are rounding. */
    private static final double CONSTANT = 1e-6;

    final double[] mean;
    final double[] scale;

    private Standardization(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** No change of D features. */
    static Standardization none(int columns) {
        double[] scale = new double[columns];
        Arrays.fill(scale, 1);
        return new Standardization(new double[columns], scale);
    }

    /** That of the rows of a matrix. */
    static Standardization of(FeatureMatrix features) {
        int columns = features.columns();
        float[] values = features.values();
        double[] mean = new double[columns];
        double[] scale = new double[columns];
        double[] largest = new double[columns];
        for (int offset = 0; offset < values.length; offset += columns) {
            for (int d = 0; d < columns; d++) {
                mean[d] += values[offset + d];
                largest[d] = Math.max(largest[d], Math.abs(values[offset + d]));
            }
        }
        for (int d = 0; d < columns; d++) {
            mean[d] /= features.rows();
        }
        for (int offset = 0; offset < values.length; offset += columns) {
            for (int d = 0; d < columns; d++) {
                double difference = values[offset + d] - mean[d];
                scale[d] += difference * difference;
            }
        }
        for (int d = 0; d < columns; d++) {
            double deviation = Math.sqrt(scale[d] / features.rows());
            scale[d] = deviation > CONSTANT * largest[d] ? 1 / deviation : 1;
        }
        return new Standardization(mean, scale);
    }
}
