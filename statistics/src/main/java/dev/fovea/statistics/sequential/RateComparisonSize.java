package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * How many images it takes to show that a rate is worse than another by less than a margin, where both are equal: by a
 * test with a fixed sample size, and by one that is looked at all the time ({@link CrossingTime}). An approximation, as
 * the rate is learned meanwhile: simulated numbers were up to a quarter lower. Pure.
 *
 * @param rate of both, in [0, 1)
 * @param margin above 0
 * @param share of the images that the candidate gets, in (0, 1)
 * @param error of showing it wrongly, in (0, 0.5]
 */
public record RateComparisonSize(double rate, double margin, double share, double error) {

    private static final NormalDistribution NORMAL = new NormalDistribution();

    public RateComparisonSize {
        Require.that(rate >= 0 && rate < 1, "The rate is %s; it is a share from 0 to below 1.", rate);
        Require.that(
                margin > 0 && rate + margin < 1,
                "The margin is %s at a rate of %s; it must be above 0, and both together below 1.",
                margin,
                rate);
        Require.that(share > 0 && share < 1, "The share is %s; it lies between 0 and 1.", share);
        Require.that(error > 0 && error <= 0.5, "The error rate is %s; give one up to 0.5, usually 0.05.", error);
    }

    /** Images of both versions for a test with a fixed sample size. */
    public long fixed(double power) {
        double z = NORMAL.inverseCumulativeProbability(1 - error) + NORMAL.inverseCumulativeProbability(power(power));
        return (long) Math.ceil(z * z * spread() / (margin * margin));
    }

    /** The mean number of images of both versions until a sequential test shows it. */
    public long mean() {
        return (long) Math.ceil(crossing().mean());
    }

    /** The number of images of both versions by which a sequential test has shown it with a probability. */
    public long sequential(double power) {
        return (long) Math.ceil(crossing().within(power));
    }

    /** The power at which a test with a fixed sample size takes as many images as the sequential one on average. */
    public double even() {
        double z = Math.sqrt(crossing().mean() * margin * margin / spread());
        return NORMAL.cumulativeProbability(z - NORMAL.inverseCumulativeProbability(1 - error));
    }

    private CrossingTime crossing() {
        return new CrossingTime(bound(), drift());
    }

    /** What the logarithm of the evidence has to reach for the alternative that has most of the weight. */
    private double bound() {
        return -Math.log(error * MixedEvidence.FIRST);
    }

    private double drift() {
        return margin * margin / (2 * spread());
    }

    /** The variance of the difference of both rates, per image, halfway between equal and worse by the margin. */
    private double spread() {
        double middle = rate + margin / 2;
        return middle * (1 - middle) * (1 / share + 1 / (1 - share));
    }

    private static double power(double power) {
        Require.that(power > 0 && power < 1, "The power is %s; it lies between 0 and 1, and is usually 0.8.", power);
        return power;
    }
}
