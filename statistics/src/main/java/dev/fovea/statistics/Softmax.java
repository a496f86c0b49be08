package dev.fovea.statistics;

/**
 * Logits to probabilities: {@code p_k = exp(z_k / T) / sum_j exp(z_j / T)}. The largest logit is subtracted first,
 * which keeps every exponent at or below 0 (Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and
 * softmax functions", IMA Journal of Numerical Analysis 41 (2021) 2311–2330).
 */
public final class Softmax {

    private Softmax() {}

    /** Probabilities {@code [K]} of logits {@code [K]}, at temperature 1. */
    public static double[] of(double[] logits) {
        return of(logits, 1);
    }

    /**
     * Probabilities {@code [K]}; they sum to 1 within rounding.
     *
     * @param logits {@code [K]}, finite, K at least 1; left as they are
     * @param temperature positive; above 1 lowers confidence, below 1 raises it
     */
    public static double[] of(double[] logits, double temperature) {
        Require.that(
                temperature > 0 && Double.isFinite(temperature),
                "The temperature is %s; it must be a positive number.",
                temperature);
        double max = max(logits);
        double[] probabilities = new double[logits.length];
        for (int k = 0; k < logits.length; k++) {
            probabilities[k] = Math.exp((logits[k] - max) / temperature);
        }
        return normalized(probabilities);
    }

    /**
     * Probabilities {@code [count]} of a part of logits in single precision; what is not finite gives NaN.
     *
     * @param logits left as they are
     * @param from where the part begins
     * @param count its length
     * @param temperature positive
     */
    public static double[] of(float[] logits, int from, int count, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < count; k++) {
            max = Math.max(max, logits[from + k]);
        }
        double[] probabilities = new double[count];
        for (int k = 0; k < count; k++) {
            probabilities[k] = Math.exp((logits[from + k] - max) / temperature);
        }
        return normalized(probabilities);
    }

    private static double[] normalized(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    /** {@code log(sum_k exp(scale * z_k))}, finite for all finite logits and {@code scale >= 0}. */
    static double logSumExp(double[] logits, double scale) {
        double max = max(logits);
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(scale * (logit - max));
        }
        return scale * max + Math.log(sum);
    }

    /** The index of the largest value, the first of several. */
    public static int argMax(double[] logits) {
        max(logits);
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            if (logits[k] > logits[best]) {
                best = k;
            }
        }
        return best;
    }

    private static double max(double[] logits) {
        Require.that(logits.length > 0, "There are no logits; a classifier gives one per class.");
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            Require.that(Double.isFinite(logit), "A logit is %s; all must be finite.", logit);
            max = Math.max(max, logit);
        }
        return max;
    }
}
