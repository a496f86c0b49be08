package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;

/**
 * A confidence sequence of the mean of unbounded values, such as revenue, whose guarantee holds for large samples only:
 * I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, "Time-uniform central limit theory and asymptotic
 * confidence sequences", Annals of Statistics 52 (2024) 2613–2640, theorem 2.2. It needs a finite variance. Pure.
 */
public final class AsymptoticSequence {

    private AsymptoticSequence() {}

    /**
     * The interval of a mean.
     *
     * @param count number of values, at least 2
     * @param mean of the values
     * @param variance of the values
     * @param tightest sample size at which the intervals are as narrow as they can be; chosen before looking
     */
    public static Interval of(long count, double mean, double variance, double level, double tightest) {
        Require.confidenceLevel(level);
        Require.that(count >= 2, "%d values; a variance needs two.", count);
        double radius = radius((double) count, 1 - level, tightest) * Math.sqrt(variance);
        return new Interval(mean, mean - radius, mean + radius);
    }

    /** Half the width for values of variance 1, for estimates that are means of other terms. */
    public static double radius(double count, double error, double tightest) {
        double square = squareOf(error, tightest) * count + 1;
        return Math.sqrt(2 * square / (count * (square - 1)) * (0.5 * Math.log(square) - Math.log(error)));
    }

    /** The tuning parameter ρ² of the paper's equation for an optimal width at one sample size. */
    private static double squareOf(double error, double tightest) {
        double log = -2 * Math.log(error);
        return (log + Math.log1p(log)) / tightest;
    }
}
