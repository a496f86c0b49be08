package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import org.hipparchus.special.Beta;

/**
 * A confidence sequence of a proportion from its counts alone: the intervals of all sample sizes contain the proportion
 * at once, with the stated probability. It inverts the mixture of likelihood ratios over a Beta(½, ½) prior: H.
 * Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 41
 * (1970) 1397–1409; S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon, "Time-uniform, nonparametric, nonasymptotic
 * confidence sequences", Annals of Statistics 49 (2021) 1055–1080. The order of trials does not matter, so that counts
 * of several servers add up. Pure.
 */
public final class BetaBinomialSequence {

    /** Jeffreys' prior: narrow where successes are rare or common. */
    private static final double PRIOR = 0.5;

    private static final double PRIOR_LOG = Beta.logBeta(PRIOR, PRIOR);
    private static final int HALVINGS = 60;

    private BetaBinomialSequence() {}

    /** The interval of {@code successes / trials}; 0 to 1 without trials. */
    public static Interval of(long successes, long trials, double level) {
        Require.confidenceLevel(level);
        if (trials == 0) {
            return new Interval(0.5, 0, 1);
        }
        Require.proportion(successes, trials);
        double rate = (double) successes / trials;
        double bound = -Math.log1p(-level);
        double low = successes == 0 ? 0 : root(successes, trials, bound, 0, rate);
        double high = successes == trials ? 1 : root(successes, trials, bound, 1, rate);
        return Interval.within(rate, low, high, 0, 1);
    }

    /**
     * The logarithm of the e-process against a proportion: at or above {@code log(1 / a)} at any time with probability
     * at most a, where the proportion is the true one.
     *
     * @param proportion in [0, 1]
     */
    public static double logE(long successes, long trials, double proportion) {
        long failures = trials - successes;
        return Beta.logBeta(PRIOR + successes, PRIOR + failures)
                - PRIOR_LOG
                - times(successes, Math.log(proportion))
                - times(failures, Math.log1p(-proportion));
    }

    private static double times(long count, double log) {
        return count == 0 ? 0 : count * log;
    }

    /** The evidence grows from the observed rate outwards. */
    private static double root(long successes, long trials, double bound, double outside, double inside) {
        double out = outside;
        double in = inside;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (out + in) / 2;
            if (logE(successes, trials, middle) < bound) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return out;
    }
}
