package dev.fovea.runtime.batching;

import java.time.Duration;

/**
 * How requests to one model are gathered and bounded.
 *
 * @param maxBatch most images in one run
 * @param maxDelay the maximum queue delay of a batch that is not full, from its first request's arrival; zero never
 *     waits
 * @param maxRun the maximum run time by the batch latency model; a batch over it is made smaller
 * @param instances the maximum count of concurrent runs
 * @param bounds how much may wait
 */
public record BatchSettings(int maxBatch, Duration maxDelay, Duration maxRun, int instances, Bounds bounds) {

    /** The most images in one run. */
    public static final int MAX_BATCH = 1024;

    /** The most instances of a model. */
    public static final int MAX_INSTANCES = 64;

    /** Up to 8 at once, no waiting, 100 ms, one instance. */
    public static final BatchSettings DEFAULT =
            new BatchSettings(8, Duration.ZERO, Duration.ofMillis(100), 1, Bounds.DEFAULT);

    /**
     * What is taken in.
     *
     * @param items most images that wait or are decoded for one model
     * @param bytes most tensor bytes that wait for one model
     * @param longestWait the longest expected wait with which a request is still taken; measured, not guessed
     * @param hang the stall timeout, after which a run is aborted and its instance replaced
     */
    public record Bounds(int items, long bytes, Duration longestWait, Duration hang) {

        /** 256 images, 512 MB, 5 s, 30 s. */
        public static final Bounds DEFAULT =
                new Bounds(256, 512_000_000, Duration.ofSeconds(5), Duration.ofSeconds(30));

        public Bounds {
            // not the outer class's check, which would initialise its constants before this one's
            if (items <= 0 || bytes <= 0 || !longestWait.isPositive() || !hang.isPositive()) {
                throw new IllegalArgumentException(
                        "queue of %d images and %d bytes, wait %s, hang %s: all must be positive"
                                .formatted(items, bytes, longestWait, hang));
            }
        }
    }

    public BatchSettings {
        require(
                maxBatch > 0 && maxBatch <= MAX_BATCH && instances > 0 && instances <= MAX_INSTANCES,
                "batch of %d, %d instances: both must be positive, the batch at most 1024, the instances at most 64"
                        .formatted(maxBatch, instances));
        require(
                !maxDelay.isNegative() && maxRun.isPositive(),
                "delay %s, run %s: must not be negative".formatted(maxDelay, maxRun));
    }

    /** One by one. */
    public BatchSettings single() {
        return withMaxBatch(1);
    }

    /** The same with another largest batch. */
    public BatchSettings withMaxBatch(int most) {
        return new BatchSettings(most, most == 1 ? Duration.ZERO : maxDelay, maxRun, instances, bounds);
    }

    /** The same with another number of instances. */
    public BatchSettings withInstances(int number) {
        return new BatchSettings(maxBatch, maxDelay, maxRun, number, bounds);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
