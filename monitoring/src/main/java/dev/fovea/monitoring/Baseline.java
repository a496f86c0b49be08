package dev.fovea.monitoring;

import java.time.Instant;

/** What a version's mean confidence is compared with, for one promotion of it. */
public sealed interface Baseline {

    /** The version was never promoted and is not watched. */
    record None() implements Baseline {}

    /** It was promoted without traffic or evaluation; its first full window will be the baseline. */
    record Awaited(Instant promoted) implements Baseline {}

    /** A mean confidence, 0 to 1. */
    record Known(Instant promoted, double mean) implements Baseline {}
}
