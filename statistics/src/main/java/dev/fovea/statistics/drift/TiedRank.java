package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Erf;

/**
 * The p-values that a rank among tied scores may have: uniform between two bounds, and narrow without ties. It becomes
 * evidence as a mean over them, so that it is never chance that breaks a tie. Source of normal scores averaged over
 * ties: J. Hájek, Z. Šidák, "Theory of Rank Tests" (1967), chapter III.8.
 *
 * @param from lower bound, in [0, to)
 * @param to upper bound, in (from, 1]
 */
public record TiedRank(double from, double to) {

    /** Of a block that has no score, which may be any. */
    public static final TiedRank NONE = new TiedRank(0, 1);

    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final double SQRT2 = Math.sqrt(2);

    public TiedRank {
        Require.that(from >= 0 && from < to && to <= 1, "A rank between %s and %s.", from, to);
    }

    /**
     * Of one of {@code count} scores.
     *
     * @param greater number of scores that exceed it
     * @param equal number of scores that tie with it, itself included
     */
    public static TiedRank of(int greater, int equal, int count) {
        return new TiedRank((double) greater / count, Math.min(1, (double) (greater + equal) / count));
    }

    /** The share of the scores that it ties with. */
    public double share() {
        return to - from;
    }

    /** The mean normal score: of the standard normal quantile of {@code 1 - p}. Positive for the greatest scores. */
    public double meanScore() {
        // the integral of the quantile over p is the density at the quantile
        return (NORMAL.density(lowest()) - NORMAL.density(highest())) / share();
    }

    /** The mean of {@code exp(factor · score)}; over all ranks of untied scores it is {@code exp(factor² / 2)}. */
    public double meanExponential(double factor) {
        return meanExponential(factor, lowest(), highest());
    }

    /** {@link #meanExponential(double)} of several factors, {@code [factors]}. */
    public double[] meanExponentials(double[] factors) {
        double low = lowest();
        double high = highest();
        double[] means = new double[factors.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = meanExponential(factors[i], low, high);
        }
        return means;
    }

    private double meanExponential(double factor, double low, double high) {
        return Math.exp(factor * factor / 2) * (above(low - factor) - above(high - factor)) / share();
    }

    private double lowest() {
        return -ConformalRank.normalQuantile(to);
    }

    private double highest() {
        return -ConformalRank.normalQuantile(from);
    }

    private static double above(double score) {
        return Erf.erfc(score / SQRT2) / 2;
    }
}
