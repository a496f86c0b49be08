package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * How many units it takes to show that two means differ, where they differ by an effect: by a test with a fixed sample
 * size, and by {@link MeanDifferenceSequence}. Both are two-sided. The sequential number is an approximation
 * ({@link CrossingTime}): only the evidence for the effect itself counts. Pure.
 *
 * @param effect the difference, above 0
 * @param spread the variance of the difference of both means times the units of all traffic: the sum of each variance
 *     divided by its share of the traffic
 * @param error of showing a difference that is not there, in (0, 0.5]
 */
public record MeanDifferenceSize(double effect, double spread, double error) {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    public MeanDifferenceSize {
        Require.that(
                Double.isFinite(effect) && effect > 0,
                "The smallest effect of interest is %s; it must be a number above 0.",
                effect);
        Require.that(
                Double.isFinite(spread) && spread > 0,
                "The variance is %s; it must be a number above 0, or nothing could be told apart.",
                spread);
        Require.that(error > 0 && error <= 0.5, "The error rate is %s; give one up to 0.5, usually 0.05.", error);
    }

    /** Units of all traffic for a test with a fixed sample size. */
    public long fixed(double power) {
        Require.that(power > 0 && power < 1, "The power is %s; it lies between 0 and 1, and is usually 0.8.", power);
        double z = NORMAL.inverseCumulativeProbability(1 - error / 2) + NORMAL.inverseCumulativeProbability(power);
        return (long) Math.ceil(z * z * spread / (effect * effect));
    }

    /** The mean number of units of all traffic until the sequence shows it. */
    public long mean() {
        return (long) Math.ceil(crossing().mean());
    }

    /** The number of units of all traffic by which the sequence has shown it with a probability. */
    public long sequential(double power) {
        return (long) Math.ceil(crossing().within(power));
    }

    private CrossingTime crossing() {
        return new CrossingTime(MeanDifferenceSequence.bound(error), effect * effect / (2 * spread));
    }
}
