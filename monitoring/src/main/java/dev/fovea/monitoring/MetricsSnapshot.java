package dev.fovea.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of one model at one moment. Values are empty before the first prediction.
 *
 * @param model the model's name
 * @param versions versions with traffic or a promotion, by number
 * @param series the last ten minutes, oldest first; one point per version and five seconds that had traffic
 */
public record MetricsSnapshot(String model, List<VersionSnapshot> versions, List<SeriesPoint> series) {

    /**
     * One version since its first request, over restarts.
     *
     * @param requests counts of finished requests
     * @param latencyMs by {@link Stage#key()}; empty before the first prediction
     * @param classes number of predictions by label
     */
    public record VersionSnapshot(
            int version,
            RequestCounts requests,
            Map<String, LatencyQuantiles> latencyMs,
            ConfidenceMetrics confidence,
            Map<String, Long> classes,
            ImageMetrics images,
            CacheMetrics cache) {}

    /**
     * Finished requests.
     *
     * @param total including errors
     * @param errors by error code
     */
    public record RequestCounts(long total, Map<String, Long> errors) {}

    /**
     * Cache lookups.
     *
     * @param hits cache hits, including requests that waited for an equal request
     * @param misses cache misses
     */
    public record CacheMetrics(long hits, long misses) {}

    /** Milliseconds. */
    public record LatencyQuantiles(double p50, double p95, double p99) {}

    /** Confidence of the predictions, 0 to 1; {@code baseline} is the mean on the images of the evaluation. */
    public record ConfidenceMetrics(
            Optional<Double> mean,
            Optional<Double> baseline,
            Optional<Double> p10,
            Optional<Double> p50,
            Optional<Double> p90) {}

    /** The predicted images, as received. */
    public record ImageMetrics(Optional<Spread> width, Optional<Spread> height, Map<String, Long> formats) {}

    /** Pixels. */
    public record Spread(double p10, double p50, double p90) {}

    /**
     * Five seconds of one version.
     *
     * @param at start of the interval
     * @param p50 median total milliseconds; empty without predictions, as are the next three
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
