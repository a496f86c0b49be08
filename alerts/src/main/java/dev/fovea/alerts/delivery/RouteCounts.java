package dev.fovea.alerts.delivery;

/**
 * What became of the messages of a route since the process started.
 *
 * @param delivered messages that the receiver took
 * @param failed messages that were given up
 * @param retried tries that failed and are repeated
 */
public record RouteCounts(long delivered, long failed, long retried) {}
