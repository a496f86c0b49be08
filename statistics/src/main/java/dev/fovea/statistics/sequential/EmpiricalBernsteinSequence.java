package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;

/**
 * A confidence sequence of the mean of values in [0, 1] in constant space: the predictable plug-in empirical Bernstein
 * sequence, theorem 2 of I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting",
 * Journal of the Royal Statistical Society B 86 (2024) 1–27. Wider than {@link BettingSequence}, and cheaper. Not
 * thread-safe.
 */
public final class EmpiricalBernsteinSequence {

    private static final double LARGEST_BET = 0.5;

    private final double level;
    private final double bound;
    private long count;
    private double sum;
    private double squares;
    private double bets;
    private double weighted;
    private double spent;
    private double low;
    private double high = 1;

    /** @param level of all intervals together, for example 0.95 */
    public EmpiricalBernsteinSequence(double level) {
        Require.confidenceLevel(level);
        this.level = level;
        this.bound = Math.log(2 / (1 - level));
    }

    /** Takes the next value, in [0, 1]. */
    public void add(double value) {
        Require.that(value >= 0 && value <= 1, "The value %s is not within 0 to 1.", value);
        double before = mean();
        double t = count + 1.0;
        double variance = (0.25 + squares) / t;
        double bet = Math.min(LARGEST_BET, Math.sqrt(2 * bound / (variance * t * Math.log1p(t))));
        bets += bet;
        weighted += bet * value;
        spent += (value - before) * (value - before) * (-Math.log1p(-bet) - bet);
        count++;
        sum += value;
        double deviation = value - mean();
        squares += deviation * deviation;
        double radius = (bound + spent) / bets;
        low = Math.max(low, weighted / bets - radius);
        high = Math.min(high, weighted / bets + radius);
    }

    /** The intersection of the intervals so far; 0 to 1 at first. */
    public Interval interval() {
        double value = count == 0 ? 0.5 : sum / count;
        double to = Math.max(low, high); // the intersection is empty with probability 1 - level at most
        return new Interval(Math.clamp(value, low, to), low, to);
    }

    /** The level of all intervals together. */
    public double level() {
        return level;
    }

    private double mean() {
        return (0.5 + sum) / (count + 1);
    }
}
