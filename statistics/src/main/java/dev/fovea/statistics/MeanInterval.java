package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * The interval of the mean of a sample: Student, "The probable error of a mean", Biometrika 6 (1908) 1–25; mean plus
 * and minus {@code t(n - 1) s / sqrt(n)}. Pure.
 */
public final class MeanInterval {

    private MeanInterval() {}

    /** The 95 % interval of the mean; {@code ARGUMENT_INVALID} for fewer than two values. */
    public static Interval of(double... values) {
        Require.that(values.length > 1, "%d values; the interval of a mean needs at least two.", values.length);
        StreamingStatistics sample = new StreamingStatistics();
        for (double value : values) {
            sample.addValue(value);
        }
        double quantile =
                new TDistribution(values.length - 1.0).inverseCumulativeProbability((1 + Interval.DEFAULT_LEVEL) / 2);
        double half = quantile * sample.getStandardDeviation() / Math.sqrt(values.length);
        return new Interval(sample.getMean(), sample.getMean() - half, sample.getMean() + half);
    }
}
