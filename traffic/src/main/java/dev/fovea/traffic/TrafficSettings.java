package dev.fovea.traffic;

/**
 * What is kept of the prediction log.
 *
 * @param log whether there is one
 * @param days after which a day's rows are deleted
 * @param maxBytes of all models' rows together; the oldest days are deleted first
 */
public record TrafficSettings(boolean log, int days, long maxBytes) {

    /** The defaults of the configuration. */
    public static final TrafficSettings DEFAULT = new TrafficSettings(true, 30, 10_000_000_000L);
}
