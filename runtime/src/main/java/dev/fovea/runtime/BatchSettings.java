package dev.fovea.runtime;

import java.time.Duration;

/**
 * How requests are gathered.
 *
 * @param maxBatch most pictures in one run
 * @param maxDelay how long a batch that is not full waits for more, from its first request's arrival; zero never waits
 * @param queueCapacity most requests that may wait
 */
public record BatchSettings(int maxBatch, Duration maxDelay, int queueCapacity) {

    /** Up to 8 at once, no waiting, 256 in the queue. */
    public static final BatchSettings DEFAULT = new BatchSettings(8, Duration.ZERO, 256);

    public BatchSettings {
        if (maxBatch < 1 || maxBatch > 1024 || maxDelay.isNegative() || queueCapacity < 1) {
            throw new IllegalArgumentException(
                    "batch of %d, delay %s, queue of %d: all must be positive, the batch at most 1024"
                            .formatted(maxBatch, maxDelay, queueCapacity));
        }
    }

    /** One by one. */
    public BatchSettings single() {
        return new BatchSettings(1, Duration.ZERO, queueCapacity);
    }
}
