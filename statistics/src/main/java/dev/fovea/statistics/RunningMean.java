package dev.fovea.statistics;

import java.util.OptionalDouble;

/**
 * Streaming count, mean and variance: B. P. Welford, "Note on a method for calculating corrected sums of squares and
 * products", Technometrics 4 (1962) 419–420. Two values merge by T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating
 * formulae and a pairwise algorithm for computing sample variances" (1979), equation 2.1. Immutable.
 *
 * @param count numbers seen
 * @param mean of them; 0 of none
 * @param squares sum of squared distances from the mean
 */
public record RunningMean(long count, double mean, double squares) {

    /** Of no numbers. */
    public static final RunningMean EMPTY = new RunningMean(0, 0, 0);

    public RunningMean {
        Require.that(
                count >= 0 && Double.isFinite(mean) && squares >= 0 && Double.isFinite(squares),
                "Count %d, mean %s and squares %s are no valid running mean.",
                count,
                mean,
                squares);
    }

    /** Of all these. */
    public static RunningMean of(double... numbers) {
        RunningMean running = EMPTY;
        for (double number : numbers) {
            running = running.plus(number);
        }
        return running;
    }

    /** One finite number more. */
    public RunningMean plus(double number) {
        Require.that(Double.isFinite(number), "The value is %s; it must be finite.", number);
        double distance = number - mean;
        double next = mean + distance / (count + 1);
        return new RunningMean(count + 1, next, squares + distance * (number - next));
    }

    /** All the numbers of both. */
    public RunningMean plus(RunningMean other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        long total = count + other.count;
        double distance = other.mean - mean;
        double share = (double) other.count / total;
        return new RunningMean(
                total, mean + distance * share, squares + other.squares + distance * distance * count * share);
    }

    /** The sample variance, {@code squares / (count - 1)}; absent for fewer than two numbers. */
    public OptionalDouble variance() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(squares / (count - 1));
    }
}
