package dev.fovea.alerts;

import java.util.Locale;

/** How urgent an alert is, from the least. */
public enum Severity {
    /** To know; nobody must act. */
    INFO,
    /** To be looked at within a day. */
    WARNING,
    /** Requests fail, or results are lost: act now. */
    CRITICAL;

    /** The word in files and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
