package dev.fovea.monitoring.drift.detector;

import java.time.Duration;
import java.time.Instant;

/**
 * Consecutive traffic of one version, taken together.
 *
 * @param start of its first minute
 * @param end of its last minute
 * @param images number of images
 * @param means of the coordinates over the images that have them; NaN where none has
 */
@SuppressWarnings("ArrayRecordComponent") // large, not compared
public record Block(Instant start, Instant end, long images, double[] means) {

    /** Days from another moment to the end of this block; 0 where that is later. */
    double daysSince(Instant moment) {
        return Math.max(0, Duration.between(moment, end).toMillis() / 86_400_000.0);
    }
}
