package dev.fovea.monitoring.alerts;

import java.time.Instant;

/** Whether the alarm is on. */
public sealed interface FallState {

    /** It is not. */
    record Quiet() implements FallState {}

    /**
     * It is.
     *
     * @param since when it went off
     * @param baseline mean confidence at promotion
     * @param current mean confidence of the last full window
     */
    record Fallen(Instant since, double baseline, double current) implements FallState {}
}
