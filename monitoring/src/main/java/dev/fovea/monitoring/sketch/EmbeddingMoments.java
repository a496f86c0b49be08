package dev.fovea.monitoring.sketch;

import java.util.List;

/**
 * Sums of the embedding's numbers and of their products, from which mean and covariance follow. Integers, so that they
 * add up in any order. Not thread-safe.
 */
public final class EmbeddingMoments {

    private static final double UNIT = 0x1p-24;

    private final int from;
    private final int dimensions;
    private final long[] sums;
    /** The lower triangle, row by row. */
    private final long[] products;

    private long count;

    EmbeddingMoments(List<Coordinate> coordinates) {
        this.from = (int) coordinates.stream()
                .takeWhile(coordinate -> coordinate.aspect() != Aspect.EMBEDDING)
                .count();
        this.dimensions = (int) coordinates.stream()
                .filter(coordinate -> coordinate.aspect() == Aspect.EMBEDDING)
                .count();
        this.sums = new long[dimensions];
        this.products = new long[dimensions * (dimensions + 1) / 2];
    }

    void add(double[] numbers) {
        if (dimensions == 0 || Double.isNaN(numbers[from])) {
            return;
        }
        count++;
        int at = 0;
        for (int a = 0; a < dimensions; a++) {
            double value = value(numbers[from + a]);
            sums[a] += Math.round(value / UNIT);
            for (int b = 0; b <= a; b++) {
                products[at++] += Math.round(value * value(numbers[from + b]) / UNIT);
            }
        }
    }

    /** A bundle may have fewer dimensions than there are coordinates. */
    private static double value(double number) {
        return Double.isNaN(number) ? 0 : Math.clamp(number, -1000, 1000);
    }

    void merge(EmbeddingMoments other) {
        count += other.count;
        for (int a = 0; a < dimensions; a++) {
            sums[a] += other.sums[a];
        }
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
    }

    /** Images with an embedding. */
    public long count() {
        return count;
    }

    /** The mean, {@code [d]}; zeros without images. */
    public double[] mean() {
        double[] mean = new double[dimensions];
        for (int a = 0; a < dimensions && count > 0; a++) {
            mean[a] = sums[a] * UNIT / count;
        }
        return mean;
    }

    /** The covariance, {@code [d][d]}, divided by the number of images; zeros without images. */
    public double[][] covariance() {
        double[] mean = mean();
        double[][] covariance = new double[dimensions][dimensions];
        int at = 0;
        for (int a = 0; a < dimensions && count > 0; a++) {
            for (int b = 0; b <= a; b++) {
                covariance[a][b] = products[at++] * UNIT / count - mean[a] * mean[b];
                covariance[b][a] = covariance[a][b];
            }
        }
        return covariance;
    }

    long[] sums() {
        return sums;
    }

    long[] products() {
        return products;
    }

    void restore(long newCount, long[] newSums, long[] newProducts) {
        count = newCount;
        System.arraycopy(newSums, 0, sums, 0, sums.length);
        System.arraycopy(newProducts, 0, products, 0, products.length);
    }
}
