package dev.fovea.statistics;

import org.hipparchus.stat.interval.BinomialProportion;
import org.hipparchus.stat.interval.ConfidenceInterval;

/**
 * The score interval of a proportion: E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", Journal of the American Statistical Association 22 (1927) 209–212; recommended over the usual normal
 * approximation by Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16
 * (2001) 101–133. It stays within [0, 1] and has a width even when all or none of the trials succeeded.
 */
public final class WilsonInterval {

    private WilsonInterval() {}

    /** The 95 % interval of {@code successes / trials}; {@code ARGUMENT_INVALID} without trials. */
    public static Interval of(long successes, long trials) {
        return of(successes, trials, Interval.DEFAULT_LEVEL);
    }

    /** The interval of {@code successes / trials} at a level of confidence such as 0.95. */
    public static Interval of(long successes, long trials, double level) {
        Require.proportion(successes, trials);
        Require.confidenceLevel(level);
        double proportion = (double) successes / trials;
        ConfidenceInterval wilson = BinomialProportion.getWilsonScoreInterval((int) trials, proportion, level);
        return Interval.within(proportion, wilson.getLowerBound(), wilson.getUpperBound(), 0, 1);
    }
}
