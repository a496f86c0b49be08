package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import org.hipparchus.special.Beta;

/**
 * A one-sided test of a proportion that may be looked at any time: the mixture of likelihood ratios over a Beta(½, ½)
 * prior that is cut to the alternative. It is an e-process for all proportions of the null hypothesis, since each
 * likelihood ratio is a supermartingale there: A. Wald, "Sequential Analysis" (1947), chapter 5; mixtures by H. Robbins
 * (1970), truncated by J. ter Schure et al. Counts alone decide, in any order. Pure.
 */
public final class ProportionTest {

    private static final double PRIOR = 0.5;

    private ProportionTest() {}

    /**
     * Logarithm of the evidence that the proportion is above a limit.
     *
     * @param limit in (0, 1); the null hypothesis is a proportion up to it
     */
    public static double logAbove(long successes, long trials, double limit) {
        Require.that(limit > 0 && limit < 1, "The limit of a proportion is %s; it lies between 0 and 1.", limit);
        Require.that(
                successes >= 0 && successes <= trials,
                "%d successes of %d trials; successes lie between 0 and the trials.",
                successes,
                trials);
        double a = PRIOR + successes;
        double b = PRIOR + trials - successes;
        double posterior = Beta.regularizedBeta(1 - limit, b, a); // the mass above the limit
        double prior = Beta.regularizedBeta(1 - limit, PRIOR, PRIOR);
        return Math.log(posterior / prior)
                + Beta.logBeta(a, b)
                - Beta.logBeta(PRIOR, PRIOR)
                - successes * Math.log(limit)
                - (trials - successes) * Math.log1p(-limit);
    }

    /** Logarithm of the evidence that the proportion is below a limit; negative infinity where there is none. */
    public static double logBelow(long successes, long trials, double limit) {
        return logAbove(trials - successes, trials, 1 - limit);
    }
}
