package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The interval of a proportion whose estimate is not a plain count: Wilson's with the effective sample size
 * {@code p(1-p)/Var}. Source: E. Korn and B. Graubard, "Confidence intervals for proportions with small expected number
 * of positive counts estimated from survey data", Survey Methodology 24 (1998) 193–201, who put it into the exact
 * interval; C. Franco, R. Little, T. Louis and E. Slud, Journal of Survey Statistics and Methodology 7 (2019) 334–364,
 * find Wilson's better. With few labels, Student's quantile takes the place of the normal one.
 *
 * <p>Near 0 and 1 the estimate's own spread {@code p(1-p)} vanishes, though labels say no more than that less than one
 * in n is otherwise. There the spread at one in n takes its place, and the effective size is at most n.
 */
public final class SurveyInterval {

    private SurveyInterval() {}

    /**
     * The 95 % interval.
     *
     * @param estimate is cut to [0, 1]
     * @param variance of the estimate, not negative
     * @param size how many labels of equal weight bear on the estimate, positive: of the class, not of all classes
     */
    public static Interval of(double estimate, double variance, double size) {
        return of(estimate, variance, size, Interval.DEFAULT_LEVEL);
    }

    /** The interval at a level such as 0.95. */
    public static Interval of(double estimate, double variance, double size, double level) {
        Require.confidenceLevel(level);
        Require.that(
                Double.isFinite(estimate) && variance >= 0 && size > 0,
                "Estimate %s with variance %s of %s labels.",
                estimate,
                variance,
                size);
        double tail = (1 + level) / 2;
        double z = size > 2
                ? new TDistribution(size - 1).inverseCumulativeProbability(tail)
                : new NormalDistribution().inverseCumulativeProbability(tail);
        return ofMultiple(estimate, variance, size, z);
    }

    /** The interval of {@code z} standard errors. */
    static Interval ofMultiple(double estimate, double variance, double size, double z) {
        double p = Math.clamp(estimate, 0, 1);
        double spread = p * (1 - p);
        double effective = Math.min(size, leastSpread(size) / variance);
        if (spread > leastSpread(size)) {
            effective = variance > 0 ? spread / variance : size;
        }
        double middle = (p + z * z / (2 * effective)) / (1 + z * z / effective);
        double half = z * Math.sqrt(spread / effective + z * z / (4 * effective * effective)) / (1 + z * z / effective);
        return Interval.within(p, middle - half, middle + half, 0, 1);
    }

    /** The spread of one label in n. */
    private static double leastSpread(double size) {
        double share = 1 / Math.max(2, size);
        return share * (1 - share);
    }
}
