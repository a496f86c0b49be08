package dev.fovea.monitoring;

import java.time.Instant;

/**
 * The peak request rate of one model: the maximum mean rate over any ten seconds, aligned to seconds. Not thread-safe.
 */
final class PeakRate {

    private static final int WINDOW_SECONDS = 10;

    private final long[] counts = new long[WINDOW_SECONDS];
    private long second = Long.MIN_VALUE;
    private long sum;
    private double peak;

    /** Takes up what an earlier process had seen. */
    void restore(double earlier) {
        peak = Math.max(peak, earlier);
    }

    /** Counts a request; one that comes when the clock was set back counts for the latest second known. */
    void add(Instant now) {
        advance(now.getEpochSecond());
        counts[slot(second)]++;
        sum++;
        peak = Math.max(peak, (double) sum / WINDOW_SECONDS);
    }

    /** Requests per second; 0 before the first request. */
    double perSecond() {
        return peak;
    }

    private void advance(long to) {
        if (second == Long.MIN_VALUE) {
            second = to;
        }
        for (int step = 0; step < WINDOW_SECONDS && second < to; step++) {
            second++;
            sum -= counts[slot(second)];
            counts[slot(second)] = 0;
        }
        second = Math.max(second, to);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) WINDOW_SECONDS);
    }
}
