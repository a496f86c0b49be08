package dev.fovea.monitoring;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The times of one stage: a sketch for quantiles of this process, and counts in fixed buckets, which Prometheus can add
 * up over processes. Not thread-safe.
 */
final class Latency {

    /** Upper bounds of the buckets in seconds, inclusive. */
    private static final double[] BOUNDS = {
        0.0001,
        0.00025,
        0.0005,
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
        Double.POSITIVE_INFINITY
    };

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final long[] buckets;
    private final Distribution seconds;
    private double sum;

    Latency() {
        this(new long[BOUNDS.length], new Distribution(), 0);
    }

    private Latency(long[] buckets, Distribution seconds, double sum) {
        this.buckets = buckets;
        this.seconds = seconds;
        this.sum = sum;
    }

    void add(long nanos) {
        double value = nanos / NANOS_PER_SECOND;
        int found = Arrays.binarySearch(BOUNDS, value);
        buckets[found >= 0 ? found : -found - 1]++;
        seconds.add(value);
        sum += value;
    }

    /** In milliseconds; empty without predictions. */
    Optional<MetricsSnapshot.LatencyQuantiles> quantiles() {
        return seconds.count() == 0
                ? Optional.empty()
                : Optional.of(new MetricsSnapshot.LatencyQuantiles(millis(0.5), millis(0.95), millis(0.99)));
    }

    /** Of all predictions. */
    Duration total() {
        return Duration.ofNanos((long) (sum * NANOS_PER_SECOND));
    }

    /** The buckets for Prometheus, in seconds. */
    HistogramSnapshot.HistogramDataPointSnapshot histogram(Labels labels) {
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, buckets))
                .sum(sum)
                .labels(labels)
                .build();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(buckets.length);
        for (long count : buckets) {
            out.writeLong(count);
        }
        out.writeDouble(sum);
        seconds.write(out);
    }

    static Latency read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length != BOUNDS.length) {
            throw new IOException("%d buckets where %d were expected".formatted(length, BOUNDS.length));
        }
        long[] buckets = new long[length];
        for (int i = 0; i < length; i++) {
            buckets[i] = in.readLong();
        }
        double sum = in.readDouble();
        return new Latency(buckets, Distribution.read(in), sum);
    }

    private double millis(double rank) {
        return seconds.quantile(rank).orElseThrow() * MILLIS_PER_SECOND;
    }
}
