package dev.fovea.alerts;

import java.util.Locale;

/** What happened to an alert, and is told. */
public enum AlertEvent {
    RAISED,
    ACKNOWLEDGED,
    RESOLVED;

    /** The word in files and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
