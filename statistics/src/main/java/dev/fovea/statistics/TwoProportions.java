package dev.fovea.statistics;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Two proportions of different trials, such as the error rates of production and canary. Valid for one look at counts
 * of fixed size; repeated looks invalidate its p-value and interval.
 *
 * @param successes of the first
 * @param trials of the first, at least 1
 * @param otherSuccesses of the second
 * @param otherTrials of the second, at least 1
 */
public record TwoProportions(long successes, long trials, long otherSuccesses, long otherTrials) {

    public TwoProportions {
        Require.proportion(successes, trials);
        Require.proportion(otherSuccesses, otherTrials);
    }

    /**
     * The 95 % interval of the second proportion minus the first. Source: R. G. Newcombe, "Interval estimation for the
     * difference between independent proportions", Statistics in Medicine 17 (1998) 873–890, method 10.
     */
    public Interval difference() {
        return difference(Interval.DEFAULT_LEVEL);
    }

    /** The same at another level of confidence. */
    public Interval difference(double level) {
        Interval one = WilsonInterval.of(successes, trials, level);
        Interval two = WilsonInterval.of(otherSuccesses, otherTrials, level);
        double difference = two.value() - one.value();
        double down = Math.hypot(two.value() - two.low(), one.high() - one.value());
        double up = Math.hypot(two.high() - two.value(), one.value() - one.low());
        return Interval.within(difference, difference - down, difference + up, -1, 1);
    }

    /**
     * The two-sided p-value of the score test of equal proportions (the pooled z-test, Pearson's chi-squared without
     * correction); 1 where all trials have the same outcome. The approximation needs about five successes and failures
     * in each sample.
     */
    public double pValue() {
        double pooled = (double) (successes + otherSuccesses) / (trials + otherTrials);
        double variance = pooled * (1 - pooled) * (1.0 / trials + 1.0 / otherTrials);
        if (variance == 0) {
            return 1;
        }
        double difference = (double) otherSuccesses / otherTrials - (double) successes / trials;
        return 2 * new NormalDistribution().cumulativeProbability(-Math.abs(difference) / Math.sqrt(variance));
    }
}
