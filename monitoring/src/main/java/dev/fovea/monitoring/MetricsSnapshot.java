package dev.fovea.monitoring;

import dev.fovea.monitoring.alerts.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of one model at one moment. What has no value yet, for want of answers, is empty.
 *
 * @param model the model's name
 * @param versions those that ever had traffic or were promoted, by number
 * @param series the last ten minutes, oldest first; one point per version and five seconds that had traffic
 */
public record MetricsSnapshot(String model, List<VersionMetrics> versions, List<SeriesPoint> series) {

    /**
     * One version since its first request, over restarts.
     *
     * @param requests all that ended, with an answer or an error
     * @param errors by error code
     * @param latencyMs by {@link Stage#key()}; empty before the first answer
     * @param classes number of answers by label
     */
    public record VersionMetrics(
            int version,
            long requests,
            Map<String, Long> errors,
            Map<String, LatencyQuantiles> latencyMs,
            ConfidenceMetrics confidence,
            Map<String, Long> classes,
            ImageMetrics images,
            CacheMetrics cache,
            Optional<Alert> alert) {}

    /**
     * Requests for which the cache was asked.
     *
     * @param hits those that it answered, a wait for an equal request's answer included
     * @param misses those for which the network was run and answered
     */
    public record CacheMetrics(long hits, long misses) {}

    /** Milliseconds. */
    public record LatencyQuantiles(double p50, double p95, double p99) {}

    /** Confidence of the answers, 0 to 1; {@code baseline} is the mean that the alarm compares with. */
    public record ConfidenceMetrics(
            Optional<Double> mean,
            Optional<Double> baseline,
            Optional<Double> p10,
            Optional<Double> p50,
            Optional<Double> p90) {}

    /** The images that were answered, as they came. */
    public record ImageMetrics(Optional<Spread> width, Optional<Spread> height, Map<String, Long> formats) {}

    /** Pixels. */
    public record Spread(double p10, double p50, double p90) {}

    /**
     * Five seconds of one version.
     *
     * @param at their beginning
     * @param p50 total milliseconds of the answers; empty when there were none, as are the next three
     * @param confidence mean
     */
    public record SeriesPoint(
            Instant at,
            int version,
            long requests,
            long errors,
            Optional<Double> p50,
            Optional<Double> p95,
            Optional<Double> p99,
            Optional<Double> confidence) {}
}
