package dev.fovea.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The bias-corrected percentile interval of the bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap,
 * 1993, section 14.3 with acceleration 0): when resampling shifts the estimate one way, the percentiles shift the other
 * way. Pure.
 */
public final class BootstrapInterval {

    private static final int DRAWS = 2000;
    private static final long SEED = 1;

    private BootstrapInterval() {}

    /**
     * The interval.
     *
     * @param value the estimate
     * @param resampled the estimate on each bootstrap sample, in any order; values that are not finite are ignored
     * @param level of confidence, between 0 and 1
     * @return an interval that contains the value; the value alone when {@code resampled} is empty
     */
    public static Interval of(double value, double[] resampled, double level) {
        Require.that(level > 0 && level < 1, "The level %s is not between 0 and 1.", level);
        double[] sorted =
                Arrays.stream(resampled).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new Interval(value, value, value);
        }
        NormalDistribution normal = new NormalDistribution();
        double bias = normal.inverseCumulativeProbability(shareBelow(sorted, value));
        double half = normal.inverseCumulativeProbability((1 + level) / 2);
        double low = at(sorted, normal.cumulativeProbability(2 * bias - half));
        double high = at(sorted, normal.cumulativeProbability(2 * bias + half));
        return new Interval(value, Math.min(low, value), Math.max(high, value));
    }

    /** The interval of a mean, resampled with replacement from a fixed seed. */
    public static Interval ofMean(double[] values, double level) {
        Require.that(values.length > 0, "No values; the mean needs at least one.");
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[draw] = sum / values.length;
        }
        return of(Arrays.stream(values).average().orElseThrow(), means, level);
    }

    /** Ties count half, so that no fraction is exactly 0 or 1. */
    private static double shareBelow(double[] sorted, double value) {
        double below = 0;
        for (double other : sorted) {
            below += other < value ? 1 : other == value ? 0.5 : 0;
        }
        return Math.clamp(below, 0.5, sorted.length - 0.5) / sorted.length;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
