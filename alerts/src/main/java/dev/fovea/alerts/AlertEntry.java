package dev.fovea.alerts;

import java.time.Instant;

/**
 * One line of an alert's history.
 *
 * @param by who did it; empty for the program
 * @param detail what they said, or the title at the time
 */
public record AlertEntry(Instant at, AlertEvent event, String by, String detail) {}
