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
 * find Wilson's better. With few terms, Student's quantile takes the place of the normal one.
 */
public final class SurveyInterval {

    private SurveyInterval() {}

    /**
     * The 95 % interval.
     *
     * @param estimate is cut to [0, 1]
     * @param variance of the estimate, not negative
     * @param terms how many independent terms the variance was found from, at least 1
     */
    public static Interval of(double estimate, double variance, int terms) {
        return of(estimate, variance, terms, Interval.DEFAULT_LEVEL);
    }

    /** The interval at a level such as 0.95. */
    public static Interval of(double estimate, double variance, int terms, double level) {
        Require.confidenceLevel(level);
        Require.that(
                Double.isFinite(estimate) && variance >= 0 && terms > 0,
                "Estimate %s with variance %s of %d terms.",
                estimate,
                variance,
                terms);
        double tail = (1 + level) / 2;
        double z = terms > 2
                ? new TDistribution(terms - 1.0).inverseCumulativeProbability(tail)
                : new NormalDistribution().inverseCumulativeProbability(tail);
        return ofMultiple(estimate, variance, terms, z);
    }

    /** The interval of {@code z} standard errors. */
    static Interval ofMultiple(double estimate, double variance, int terms, double z) {
        double p = Math.clamp(estimate, 0, 1);
        // Without variance the terms say no more than that many equal outcomes do.
        double spread = p * (1 - p);
        double effective = variance > 0 && spread > 0 ? spread / variance : terms;
        double middle = (p + z * z / (2 * effective)) / (1 + z * z / effective);
        double half = z * Math.sqrt(spread / effective + z * z / (4 * effective * effective)) / (1 + z * z / effective);
        return Interval.within(p, middle - half, middle + half, 0, 1);
    }
}
