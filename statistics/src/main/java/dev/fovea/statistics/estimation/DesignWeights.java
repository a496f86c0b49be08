package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How many predictions each row stands for: 1 where all are there, the inverse of its probability of being sampled
 * otherwise. Source: C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling, 1992, sections 2.8 and
 * 5.7. Immutable by agreement: the array is not copied.
 *
 * @param weights {@code [n]}, each at least 1; n at least 1
 */
public record DesignWeights(double[] weights) {

    public DesignWeights {
        Require.that(weights.length > 0, "No rows; there must be at least one.");
        for (double weight : weights) {
            Require.that(weight >= 1 && Double.isFinite(weight), "A weight of %s; it must be at least 1.", weight);
        }
    }

    /** How many labels of equal weight say as much as labels of these weights: L. Kish, Survey Sampling, 1965. */
    static double effectiveSize(DoubleStream weights) {
        double[] all = weights.toArray();
        double sum = Arrays.stream(all).sum();
        double squares = Arrays.stream(all).map(weight -> weight * weight).sum();
        return squares > 0 ? sum * sum / squares : 0;
    }

    /** Of rows that are all the predictions there are. */
    public static DesignWeights ones(int rows) {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return new DesignWeights(ones);
    }

    /** Of rows that stand for themselves, and then of rows that are a simple random sample of other predictions. */
    public static DesignWeights of(int certain, int sampled, long sampledFrom) {
        double[] weights = new double[certain + sampled];
        Arrays.fill(weights, 0, certain, 1);
        Arrays.fill(weights, certain, weights.length, sampled == 0 ? 1 : Math.max(1, (double) sampledFrom / sampled));
        return new DesignWeights(weights);
    }

    /** Rows. */
    public int rows() {
        return weights.length;
    }

    /** How many predictions one row stands for. */
    public double of(int row) {
        return weights[row];
    }

    /** How many predictions all rows stand for. */
    public double total() {
        return Arrays.stream(weights).sum();
    }

    /** The weights of some rows, in their order; at least one. */
    public DesignWeights select(int[] rows) {
        return new DesignWeights(
                Arrays.stream(rows).mapToDouble(row -> weights[row]).toArray());
    }

    /** How many predictions some rows stand for; 0 for none. */
    public double total(int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> weights[row]).sum();
    }

    /** The mean of all predictions, from the values of the rows. */
    public double mean(double[] values) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum / total();
    }

    /** The variance of {@link #mean} by the sampling of the rows; 0 where all weights are 1. */
    public double meanVariance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (weights[i] - 1) * (values[i] - mean) * (values[i] - mean);
        }
        return sum / total() / total();
    }

    /** The variance of a proportion by the sampling of the rows; 0 where all weights are 1. */
    public double proportionVariance(double proportion) {
        double p = Math.clamp(proportion, 0, 1);
        double sum = 0;
        for (double weight : weights) {
            sum += weight * (weight - 1);
        }
        return sum * p * (1 - p) / total() / total();
    }

    /** The variance of the mean of all predictions' outcomes about their probabilities: {@code sum w p(1-p) / N²}. */
    double outcomeVariance(double[] probabilities) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * probabilities[i] * (1 - probabilities[i]);
        }
        return sum / total() / total();
    }

    /**
     * What {@link MeanEstimate#over} leaves to add for a ratio of two shares: the sampling of the rows.
     *
     * @param denominator the share that the ratio is of
     */
    double ratioVariance(double denominator, double ratio) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight * (weight - 1);
        }
        double r = Math.clamp(ratio, 0, 1);
        return sum * denominator * r * (1 - r) / total() / total();
    }
}
