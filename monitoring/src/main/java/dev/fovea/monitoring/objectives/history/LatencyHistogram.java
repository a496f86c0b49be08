package dev.fovea.monitoring.objectives.history;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Counts of times in buckets of a geometric series, 16 for each doubling from 0.1 ms to 105 s: a bucket is 4.4 % wide.
 * Histograms of servers and hours add up without error. Immutable. A difference of two may have negative counts.
 */
public final class LatencyHistogram {

    private static final int PER_DOUBLING = 16;
    private static final int DOUBLINGS = 20;
    private static final double SMALLEST_NANOS = 100_000;

    /** One below the smallest bound and one above the largest are among them. */
    public static final int BUCKETS = (PER_DOUBLING * DOUBLINGS) + 2;

    /** Without times. */
    public static final LatencyHistogram EMPTY = new LatencyHistogram(new long[BUCKETS]);

    private static final byte FORMAT = 1;
    private static final int GROUP_BITS = 7;
    private static final int GROUP = (1 << GROUP_BITS) - 1;
    private static final double LOG_2 = Math.log(2);

    private final long[] counts;

    private LatencyHistogram(long[] counts) {
        this.counts = counts;
    }

    /** @param counts one for each bucket; copied */
    public static LatencyHistogram of(long[] counts) {
        return new LatencyHistogram(Arrays.copyOf(counts, BUCKETS));
    }

    /** The bucket of a time. */
    public static int bucket(long nanos) {
        if ((double) nanos <= SMALLEST_NANOS) {
            return 0;
        }
        double doublings = Math.log((double) nanos / SMALLEST_NANOS) / LOG_2;
        return (int) Math.min(BUCKETS - 1, Math.max(1, Math.ceil(PER_DOUBLING * doublings)));
    }

    /** The largest time of a bucket in nanoseconds; infinite for the last. */
    private static double upper(int bucket) {
        return bucket == BUCKETS - 1
                ? Double.POSITIVE_INFINITY
                : SMALLEST_NANOS * Math.pow(2, (double) bucket / PER_DOUBLING);
    }

    private static double lower(int bucket) {
        return bucket == 0 ? 0 : upper(bucket - 1);
    }

    /** How many times there are. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** Both together. */
    public LatencyHistogram plus(LatencyHistogram other) {
        long[] sum = counts.clone();
        for (int i = 0; i < BUCKETS; i++) {
            sum[i] += other.counts[i];
        }
        return new LatencyHistogram(sum);
    }

    /** How many times are longer; those in the bucket of the limit are taken as evenly spread. */
    public double above(Duration limit) {
        double nanos = (double) limit.toNanos();
        double above = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (lower(i) >= nanos) {
                above += (double) counts[i];
            } else if (upper(i) > nanos && i < BUCKETS - 1) {
                above += (double) counts[i] * (upper(i) - nanos) / (upper(i) - lower(i));
            }
        }
        return above;
    }

    /** The time that a share of the times does not exceed, 0 to 1; empty without times. */
    public Optional<Duration> quantile(double share) {
        long all = count();
        if (all <= 0) {
            return Optional.empty();
        }
        double rank = share * (double) all;
        double seen = 0;
        for (int i = 0; i < BUCKETS - 1; i++) {
            if (counts[i] > 0 && seen + (double) counts[i] >= rank) {
                double part = (rank - seen) / (double) counts[i];
                return Optional.of(Duration.ofNanos(Math.round(lower(i) + part * (upper(i) - lower(i)))));
            }
            seen += (double) counts[i];
        }
        return Optional.of(Duration.ofNanos(Math.round(lower(BUCKETS - 1))));
    }

    /** The counts that are not 0, each with its distance to the one before; both as variable-length numbers. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(FORMAT);
        int last = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] != 0) {
                write(out, i - last);
                write(out, (counts[i] << 1) ^ (counts[i] >> (Long.SIZE - 1)));
                last = i;
            }
        }
        return out.toByteArray();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException for other bytes
     */
    public static LatencyHistogram read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.get() != FORMAT) {
                throw new IllegalArgumentException("its histogram has an unknown format");
            }
            long[] counts = new long[BUCKETS];
            long bucket = 0;
            while (in.hasRemaining()) {
                bucket += number(in);
                long folded = number(in);
                if (bucket < 0 || bucket >= BUCKETS) {
                    throw new IllegalArgumentException("its histogram has no bucket %d".formatted(bucket));
                }
                counts[(int) bucket] = (folded >>> 1) ^ -(folded & 1);
            }
            return new LatencyHistogram(counts);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("its histogram is cut short", e);
        }
    }

    private static void write(ByteArrayOutputStream out, long number) {
        long rest = number;
        while ((rest & ~GROUP) != 0) {
            out.write((int) ((rest & GROUP) | (GROUP + 1)));
            rest >>>= GROUP_BITS;
        }
        out.write((int) rest);
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += GROUP_BITS) {
            byte next = in.get();
            number |= (long) (next & GROUP) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("its histogram has a number that is too long");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram histogram && Arrays.equals(counts, histogram.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "%d times".formatted(count());
    }
}
