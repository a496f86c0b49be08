package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * A confidence sequence of the difference of two means, which may be looked at any time. For each difference d it mixes
 * likelihood ratios of normal differences against d plus an effect, for several sizes of effects, and excludes the d
 * for which the mixture is large: H. Robbins, "Statistical methods related to the law of the iterated logarithm",
 * Annals of Mathematical Statistics 41 (1970) 1397–1409. The variance is that of the values so far; by I. Waudby-Smith,
 * D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", Annals of Statistics 52 (2024) 2613–2640, the guarantee then holds for large samples. Pure.
 */
public final class MeanDifferenceSequence {

    /** Sizes of effects as multiples of the one of interest; smaller ones decide when there is no large effect. */
    private static final double[] SIZES = {1, 2, 4, 0.5, 0.25};

    private static final double[] WEIGHTS = {MixedEvidence.FIRST, 0.1, 0.1, 0.1, 0.1};
    private static final int HALVINGS = 60;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private MeanDifferenceSequence() {}

    /**
     * The interval of a difference.
     *
     * @param difference of the means so far
     * @param variance of that difference, above 0: the sum of both variances divided by their counts
     * @param error of all intervals together, in (0, 1); half of it on each side
     * @param effect the smallest one of interest, above 0; chosen before looking
     */
    public static Interval of(double difference, double variance, double error, double effect) {
        Require.that(error > 0 && error < 1, "The error rate is %s; it lies between 0 and 1.", error);
        Require.that(variance > 0 && effect > 0, "Variance %s, effect %s.", variance, effect);
        double bound = Math.log(2 / error);
        double high = effect / 2 + (bound - Math.log(WEIGHTS[0])) * variance / effect; // the first size alone
        double low = 0;
        for (int i = 0; i < HALVINGS; i++) {
            double radius = (low + high) / 2;
            if (logEvidence(radius, variance, effect) < bound) {
                low = radius;
            } else {
                high = radius;
            }
        }
        return new Interval(difference, difference - high, difference + high);
    }

    /**
     * The interval for one look whose time was fixed beforehand, by the normal distribution.
     *
     * @param difference of the means
     * @param variance of that difference, above 0
     * @param error of the interval, in (0, 1)
     */
    public static Interval once(double difference, double variance, double error) {
        Require.that(error > 0 && error < 1, "The error rate is %s; it lies between 0 and 1.", error);
        double radius = NORMAL.inverseCumulativeProbability(1 - error / 2) * Math.sqrt(variance);
        return new Interval(difference, difference - radius, difference + radius);
    }

    /** The logarithm of the evidence against a difference that lies below the one found by a distance. */
    private static double logEvidence(double distance, double variance, double effect) {
        double most = Double.NEGATIVE_INFINITY;
        double[] logs = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            double size = SIZES[i] * effect;
            logs[i] = Math.log(WEIGHTS[i]) + size * (distance - size / 2) / variance;
            most = Math.max(most, logs[i]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - most);
        }
        return most + Math.log(sum);
    }

    /** What the logarithm of the evidence has to reach for the effect of interest, in one of two directions. */
    static double bound(double error) {
        return Math.log(2 / (error * WEIGHTS[0]));
    }
}
