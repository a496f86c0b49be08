package dev.fovea.statistics.sequential;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * How often each of the equidistant values 0, 1/k, … 1 occurred. Two values serve yes and no; a finer grading serves
 * probabilities, rounded at random so that the mean stays the same. Counts of several servers add up. Immutable.
 *
 * @param counts of the values in ascending order, two or more
 */
public record GradedCounts(long[] counts) {

    public GradedCounts {
        Require.that(counts.length >= 2, "%d values; there must be two at least.", counts.length);
        for (long count : counts) {
            Require.that(count >= 0, "A value cannot occur %d times.", count);
        }
        counts = counts.clone();
    }

    /** Without any, for a number of values. */
    public static GradedCounts none(int values) {
        return new GradedCounts(new long[values]);
    }

    /** Trials of which some succeeded: the values 0 and 1. */
    public static GradedCounts trials(long successes, long trials) {
        return new GradedCounts(new long[] {trials - successes, successes});
    }

    @Override
    public long[] counts() {
        return counts.clone();
    }

    /** The number of values that were observed. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** The sum of what was observed. */
    public double sum() {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * value(i);
        }
        return sum;
    }

    /** The sum of squares of what was observed. */
    public double squares() {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * value(i) * value(i);
        }
        return sum;
    }

    double value(int index) {
        return (double) index / (counts.length - 1);
    }

    long count(int index) {
        return counts[index];
    }

    int size() {
        return counts.length;
    }

    /** Both together. */
    public GradedCounts plus(GradedCounts other) {
        return combined(other, 1);
    }

    /** What came since an earlier state; {@code ARGUMENT_INVALID} if it is not an earlier one. */
    public GradedCounts since(GradedCounts earlier) {
        return combined(earlier, -1);
    }

    /** The larger count of each value. */
    public GradedCounts atLeast(GradedCounts other) {
        Require.that(
                other.counts.length == counts.length,
                "Counts of %d and of %d values do not compare.",
                counts.length,
                other.counts.length);
        long[] larger = counts.clone();
        for (int i = 0; i < larger.length; i++) {
            larger[i] = Math.max(larger[i], other.counts[i]);
        }
        return new GradedCounts(larger);
    }

    private GradedCounts combined(GradedCounts other, int sign) {
        Require.that(
                other.counts.length == counts.length,
                "Counts of %d and of %d values do not add up.",
                counts.length,
                other.counts.length);
        long[] sums = counts.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += sign * other.counts[i];
        }
        return new GradedCounts(sums);
    }

    /** With each value x as 1 − x. */
    public GradedCounts mirrored() {
        long[] turned = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            turned[i] = counts[counts.length - 1 - i];
        }
        return new GradedCounts(turned);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GradedCounts(long[] values) && Arrays.equals(values, counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
