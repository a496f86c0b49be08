package dev.fovea.monitoring.alerts;

import dev.fovea.statistics.RunningMean;
import java.time.Instant;

/** What a version's mean confidence is compared with, for one promotion of it. */
public sealed interface Baseline {

    /** The version was never promoted and is not watched. */
    record NoBaseline() implements Baseline {}

    /** It was promoted without enough traffic or evaluation; its first responses will be the baseline. */
    record Awaited(Instant promoted) implements Baseline {}

    /** Confidences, 0 to 1, with their count and variance, from which the baseline's own error follows. */
    record Known(Instant promoted, RunningMean confidence) implements Baseline {}
}
