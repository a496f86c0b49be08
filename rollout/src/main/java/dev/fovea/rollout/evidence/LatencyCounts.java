package dev.fovea.rollout.evidence;

import java.util.Arrays;

/**
 * A histogram of latencies from 10 µs to 100 s, in buckets of 2 %: the first bucket holds what is shorter, the last
 * what is longer. Only the buckets from the first to the last that is not empty are kept. Immutable.
 *
 * @param first index of the first bucket that is kept
 * @param counts of the buckets from there
 */
public record LatencyCounts(int first, long[] counts) {

    /** Number of buckets. */
    public static final int BUCKETS = 816;

    /** Of no response. */
    public static final LatencyCounts NONE = new LatencyCounts(0, new long[0]);

    private static final double SHORTEST_MILLIS = 0.01;
    private static final double LOG_WIDTH = Math.log(1.02);
    private static final double NANOS_PER_MILLI = 1e6;

    public LatencyCounts {
        if (first < 0
                || first + counts.length > BUCKETS
                || Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "buckets %d to %d with %s".formatted(first, first + counts.length, Arrays.toString(counts)));
        }
        counts = counts.clone();
    }

    /** Of all buckets. */
    public static LatencyCounts of(long[] buckets) {
        int from = 0;
        int to = buckets.length;
        while (from < to && buckets[from] == 0) {
            from++;
        }
        while (to > from && buckets[to - 1] == 0) {
            to--;
        }
        return from == to ? NONE : new LatencyCounts(from, Arrays.copyOfRange(buckets, from, to));
    }

    /** The bucket of a latency. */
    public static int bucket(long nanos) {
        return bucketOf(nanos / NANOS_PER_MILLI);
    }

    static int bucketOf(double millis) {
        return millis <= SHORTEST_MILLIS
                ? 0
                : (int) Math.clamp(Math.floor(Math.log(millis / SHORTEST_MILLIS) / LOG_WIDTH), 0, BUCKETS - 1);
    }

    /** The number of whole buckets in a growth by a share. */
    static int bucketsIn(double growth) {
        return (int) Math.floor(Math.log1p(growth) / LOG_WIDTH + 1e-9);
    }

    /** The shortest latency of a bucket, in milliseconds. */
    static double millis(int bucket) {
        return SHORTEST_MILLIS * Math.exp(bucket * LOG_WIDTH);
    }

    @Override
    public long[] counts() {
        return counts.clone();
    }

    /** The number of responses. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** The number of responses in a bucket and all longer ones. */
    long from(int bucket) {
        long sum = 0;
        for (int i = Math.max(0, bucket - first); i < counts.length; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** The bucket of a quantile; empty histograms have 0. */
    int quantile(double quantile) {
        return ofRank(quantile * total());
    }

    /** The bucket of the value with a rank, counted from 1. */
    int ofRank(double rank) {
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            if (sum >= rank) {
                return first + i;
            }
        }
        return first;
    }

    /** Both together. */
    public LatencyCounts plus(LatencyCounts other) {
        return combined(other, 1);
    }

    /** What came since an earlier state. */
    public LatencyCounts since(LatencyCounts earlier) {
        return combined(earlier, -1);
    }

    private LatencyCounts combined(LatencyCounts other, int sign) {
        long[] sums = new long[BUCKETS];
        for (int i = 0; i < counts.length; i++) {
            sums[first + i] += counts[i];
        }
        for (int i = 0; i < other.counts.length; i++) {
            sums[other.first + i] += sign * other.counts[i];
        }
        return of(sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyCounts(int start, long[] values)
                && start == first
                && Arrays.equals(values, counts);
    }

    @Override
    public int hashCode() {
        return 31 * first + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return first + Arrays.toString(counts);
    }
}
