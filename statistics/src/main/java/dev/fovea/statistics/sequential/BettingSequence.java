package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;

/**
 * A confidence sequence of the mean of values in [0, 1] by betting: the hedged capital process with predictable plug-in
 * bets. I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal
 * Statistical Society B 86 (2024) 1–27, theorem 3 and equation 26. Values may have any distribution, as long as each
 * has the same mean given those before. Not thread-safe.
 */
public final class BettingSequence {

    /** Candidates of the mean, in steps of 1/1000. */
    private static final int GRID = 1000;

    /** No bet risks more than half of the capital. */
    private static final double STAKE = 0.5;

    private final double level;
    private final double[] up = new double[GRID + 1];
    private final double[] down = new double[GRID + 1];
    private long count;
    private double sum;
    private double squares;
    private int low;
    private int high = GRID;

    /** @param level of all intervals together, for example 0.95 */
    public BettingSequence(double level) {
        Require.confidenceLevel(level);
        this.level = level;
    }

    /** Takes the next value, in [0, 1]. */
    public void add(double value) {
        Require.that(value >= 0 && value <= 1, "The value %s is not within 0 to 1.", value);
        double bet = bet();
        double bound = -Math.log1p(-level);
        for (int i = 0; i <= GRID; i++) {
            double mean = (double) i / GRID;
            up[i] += Math.log1p(Math.min(bet, STAKE / mean) * (value - mean));
            down[i] += Math.log1p(-Math.min(bet, STAKE / (1 - mean)) * (value - mean));
        }
        while (low < high && capital(low) >= bound) {
            low++;
        }
        while (high > low && capital(high) >= bound) {
            high--;
        }
        count++;
        sum += value;
        double deviation = value - mean();
        squares += deviation * deviation;
    }

    /** The intersection of the intervals so far; 0 to 1 at first. */
    public Interval interval() {
        double from = Math.max(0, (double) (low - 1) / GRID); // the step that the end lies in
        double to = Math.min(1, (double) (high + 1) / GRID);
        double value = count == 0 ? 0.5 : sum / count;
        return new Interval(Math.clamp(value, from, to), from, to);
    }

    /** How many values were added. */
    public long count() {
        return count;
    }

    private double bet() {
        double variance = (0.25 + squares) / (count + 1);
        double t = count + 1.0;
        return Math.sqrt(2 * Math.log(2 / (1 - level)) / (variance * t * Math.log1p(t)));
    }

    private double mean() {
        return (0.5 + sum) / (count + 1);
    }

    private double capital(int i) {
        return Math.max(up[i], down[i]) - Math.log(2);
    }
}
