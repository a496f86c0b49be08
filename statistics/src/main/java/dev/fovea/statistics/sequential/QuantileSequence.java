package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;

/**
 * A confidence sequence of a quantile: which order statistics enclose it at every sample size at once. S. R. Howard and
 * A. Ramdas, "Sequential estimation of quantiles with applications to A/B testing and best-arm identification",
 * Bernoulli 28 (2022) 1704–1728, with the beta-binomial mixture for a fixed quantile. No assumption about the
 * distribution. Pure.
 */
public final class QuantileSequence {

    private QuantileSequence() {}

    /**
     * Order statistics around a quantile, counted from 1.
     *
     * @param low 0 where the quantile has no lower bound yet
     * @param high one more than the number of values where it has no upper bound yet
     */
    public record Ranks(long low, long high) {}

    /**
     * The ranks that enclose a quantile.
     *
     * @param count number of values, 0 and more
     * @param quantile in (0, 1), 0.99 for p99
     * @param level of all looks together, for example 0.95
     */
    public static Ranks ranks(long count, double quantile, double level) {
        Require.that(quantile > 0 && quantile < 1, "The quantile is %s; it lies between 0 and 1.", quantile);
        Require.confidenceLevel(level);
        double bound = -Math.log1p(-level);
        long middle = Math.round(count * quantile);
        return new Ranks(
                first(count, quantile, bound, 0, middle),
                count + 1 - first(count, 1 - quantile, bound, 0, count - middle));
    }

    /** The smallest number of values up to the quantile that does not speak against it. */
    private static long first(long count, double quantile, double bound, long from, long to) {
        long low = from;
        long high = to;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (BetaBinomialSequence.logE(middle, count, quantile) < bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
