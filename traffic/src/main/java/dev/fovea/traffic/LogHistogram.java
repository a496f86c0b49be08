package dev.fovea.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of positive numbers in buckets of equal ratio, so that a quantile is right within 1 %. Sums of histograms lose
 * nothing. Not thread-safe.
 */
public final class LogHistogram {

    /** The natural logarithm of the ratio of a bucket's ends. */
    static final double WIDTH = 0.02;

    private final TreeMap<Integer, Long> buckets = new TreeMap<>();
    private long count;

    /** The bucket of a number; all numbers up to 1 share the first. */
    static int bucket(double number) {
        return number <= 1 ? 0 : (int) Math.round(Math.log(number) / WIDTH);
    }

    /** Adds numbers of a bucket. */
    void add(int bucket, long numbers) {
        buckets.merge(bucket, numbers, Long::sum);
        count += numbers;
    }

    void add(LogHistogram other) {
        other.buckets.forEach(this::add);
    }

    /** How many numbers there are. */
    public long count() {
        return count;
    }

    /**
     * The smallest number that a share of all does not exceed, within 1 %; NaN without numbers.
     *
     * @param share 0 to 1
     */
    public double quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Math.exp(bucket.getKey() * WIDTH);
            }
        }
        return Double.NaN;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(buckets.size());
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            out.writeShort(bucket.getKey());
            out.writeLong(bucket.getValue());
        }
    }

    void read(DataInput in) throws IOException {
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            add(in.readUnsignedShort(), in.readLong());
        }
    }
}
