package dev.fovea.alerts;

import java.time.Instant;

/** Where an alert is in its life. */
public sealed interface AlertState {

    /** When it came into this state. */
    Instant at();

    /** Nobody has taken it up. */
    record Raised(Instant at) implements AlertState {}

    /**
     * Somebody has taken it up; it is not told again while it holds.
     *
     * @param by who
     * @param note what they say; may be empty
     */
    record Acknowledged(Instant at, String by, String note) implements AlertState {}

    /** Its condition holds no longer. */
    record Resolved(Instant at) implements AlertState {}

    /** Whether the condition counts as holding. */
    default boolean isOpen() {
        return switch (this) {
            case Raised _, Acknowledged _ -> true;
            case Resolved _ -> false;
        };
    }

    /** The word in tables and messages. */
    default String word() {
        return switch (this) {
            case Raised _ -> "raised";
            case Acknowledged _ -> "acknowledged";
            case Resolved _ -> "resolved";
        };
    }
}
