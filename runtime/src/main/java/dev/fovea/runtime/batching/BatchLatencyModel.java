package dev.fovea.runtime.batching;

import java.time.Duration;

/**
 * What runs of different sizes have taken lately: an exponentially weighted mean per batch size. Used under the
 * batcher's lock.
 */
final class BatchLatencyModel {

    private static final double WEIGHT = 0.1;

    private final double[] nanos;

    /** Knows sizes from 1 to {@code maxBatch}; larger ones count as the largest. */
    BatchLatencyModel(int maxBatch) {
        this.nanos = new double[maxBatch + 1];
    }

    /** A run of so many items took so long. */
    void ran(int items, long took) {
        int size = Math.min(items, nanos.length - 1);
        double scaled = (double) took * size / items;
        nanos[size] = nanos[size] == 0 ? scaled : nanos[size] + WEIGHT * (scaled - nanos[size]);
    }

    /** The largest size whose run is expected within the limit; 1 at least, everything before a first measurement. */
    int within(Duration limit) {
        int fits = nanos.length - 1;
        while (fits > 1 && expected(fits) > limit.toNanos()) {
            fits--;
        }
        return fits;
    }

    /** Nanoseconds; a size that was never run is judged by the next smaller one that was, in proportion. */
    private double expected(int size) {
        for (int known = size; known > 0; known--) {
            if (nanos[known] > 0) {
                return nanos[known] * size / known;
            }
        }
        return 0;
    }
}
