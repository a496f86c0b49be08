package dev.fovea.monitoring;

import dev.fovea.monitoring.MetricsSnapshot.ConfidenceMetrics;
import dev.fovea.monitoring.MetricsSnapshot.ImageMetrics;
import dev.fovea.monitoring.MetricsSnapshot.LatencyQuantiles;
import dev.fovea.monitoring.MetricsSnapshot.RequestCounts;
import dev.fovea.monitoring.MetricsSnapshot.Spread;
import dev.fovea.monitoring.MetricsSnapshot.VersionSnapshot;
import dev.fovea.statistics.RunningMean;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that is gathered of one version. Not thread-safe, except {@link #counters}. */
final class VersionStatistics {

    private static final double NANOS_PER_MILLI = 1e6;

    /** The mean of fewer images is no baseline. */
    private static final int MIN_JUDGED = 30;

    final int version;
    final VersionCounters counters;
    Map<Stage, Latency> latencies = new EnumMap<>(Stage.class);
    Distribution confidence = new Distribution();
    Distribution width = new Distribution();
    Distribution height = new Distribution();
    Map<String, Long> classes = new TreeMap<>();
    Map<String, Long> formats = new TreeMap<>();
    final RecentTraffic recent = new RecentTraffic();
    /** The peak rate of the whole model, in requests per second, at this version's last request. */
    double modelPeak;

    boolean unsaved;
    private Optional<Double> baseline = Optional.empty();
    private @Nullable Instant lastPrediction;

    VersionStatistics(int version, VersionCounters counters) {
        this.version = version;
        this.counters = counters;
        for (Stage stage : Stage.values()) {
            latencies.put(stage, new Latency());
        }
    }

    void add(RequestOutcome outcome, Instant now) {
        unsaved = true;
        switch (outcome) {
            case RequestOutcome.RequestSucceeded predicted -> add(predicted, now);
            case RequestOutcome.RequestFailed failed -> recent.failed(now);
        }
    }

    private void add(RequestOutcome.RequestSucceeded predicted, Instant now) {
        lastPrediction = now;
        latencies.forEach((stage, latency) -> {
            if (stage == Stage.TOTAL || predicted.cache() != RequestOutcome.Cache.HIT) {
                latency.add(predicted.nanos().of(stage));
            }
        });
        predicted.labels().forEach(seen -> {
            confidence.add(seen.confidence());
            classes.merge(seen.label(), 1L, Long::sum);
        });
        OptionalDouble mean = predicted.labels().stream()
                .mapToDouble(RequestOutcome.PredictedLabel::confidence)
                .average();
        predicted.image().ifPresent(image -> {
            formats.merge(image.format(), 1L, Long::sum);
            width.add(image.width());
            height.add(image.height());
        });
        recent.predicted(now, predicted.nanos().total() / NANOS_PER_MILLI, mean);
    }

    /** Confidences of the images that the version was evaluated on at its promotion. */
    void judged(Optional<RunningMean> evaluated) {
        baseline = evaluated.filter(known -> known.count() >= MIN_JUDGED).map(RunningMean::mean);
    }

    StageTotals totals() {
        Map<Stage, Duration> spent = new EnumMap<>(Stage.class);
        latencies.forEach((stage, latency) -> spent.put(stage, latency.total()));
        long failed =
                counters.errors().values().stream().mapToLong(Long::longValue).sum();
        return new StageTotals(
                version, counters.requests() - failed, failed, spent, Optional.ofNullable(lastPrediction));
    }

    /** Mean confidence on the images of its evaluation. */
    Optional<Double> baseline() {
        return baseline;
    }

    VersionSnapshot metrics() {
        return new VersionSnapshot(
                version,
                new RequestCounts(counters.requests(), counters.errors()),
                quantiles(),
                new ConfidenceMetrics(
                        confidence.mean(),
                        baseline(),
                        confidence.quantile(0.1),
                        confidence.quantile(0.5),
                        confidence.quantile(0.9)),
                new TreeMap<>(classes),
                new ImageMetrics(spread(width), spread(height), new TreeMap<>(formats)),
                counters.cache());
    }

    private Map<String, LatencyQuantiles> quantiles() {
        Map<String, LatencyQuantiles> quantiles = new LinkedHashMap<>();
        latencies.forEach(
                (stage, latency) -> latency.quantiles().ifPresent(known -> quantiles.put(stage.key(), known)));
        return quantiles;
    }

    private static Optional<Spread> spread(Distribution pixels) {
        return pixels.quantile(0.5)
                .map(median -> new Spread(
                        pixels.quantile(0.1).orElse(median),
                        median,
                        pixels.quantile(0.9).orElse(median)));
    }
}
