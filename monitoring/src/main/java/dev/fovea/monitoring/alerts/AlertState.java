package dev.fovea.monitoring.alerts;

import java.time.Instant;

/** Whether the alarm is on. */
public sealed interface AlertState {

    /** It is not. */
    record Quiet() implements AlertState {}

    /**
     * It is.
     *
     * @param since when it went off
     * @param baseline mean confidence at promotion
     * @param current mean confidence of the last full window
     */
    record Raised(Instant since, double baseline, double current) implements AlertState {}
}
