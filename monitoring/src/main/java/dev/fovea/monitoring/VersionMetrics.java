package dev.fovea.monitoring;

import dev.fovea.registry.VersionId;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.SortedMap;

/** The statistics of all versions as metrics for Prometheus, made anew for each scrape. */
final class VersionMetrics {

    private final CounterSnapshot.Builder requests = CounterSnapshot.builder()
            .name("fovea_requests")
            .help("Prediction requests that ended, with a response or an error.");
    private final CounterSnapshot.Builder errors = CounterSnapshot.builder()
            .name("fovea_request_errors")
            .help("Prediction requests that ended with an error, by error code.");
    private final HistogramSnapshot.Builder durations = HistogramSnapshot.builder()
            .name("fovea_request_duration_seconds")
            .help("Time from the first byte of a request to its response.");
    private final HistogramSnapshot.Builder stages = HistogramSnapshot.builder()
            .name("fovea_stage_duration_seconds")
            .help("Time of each stage of a prediction: decode, preprocess, queue, infer, postprocess.");
    private final CounterSnapshot.Builder predictions =
            CounterSnapshot.builder().name("fovea_predictions").help("Responses by predicted label.");
    private final CounterSnapshot.Builder images =
            CounterSnapshot.builder().name("fovea_images").help("Images with a response, by file format.");
    private final CounterSnapshot.Builder cacheHits =
            CounterSnapshot.builder().name("fovea_cache_hits").help("Responses from the cache, without inference.");
    private final CounterSnapshot.Builder cacheMisses =
            CounterSnapshot.builder().name("fovea_cache_misses").help("Responses that the cache did not have.");
    private final GaugeSnapshot.Builder confidence = GaugeSnapshot.builder()
            .name("fovea_confidence_mean_ratio")
            .help("Mean confidence of all responses, 0 to 1.");
    private final GaugeSnapshot.Builder baseline = GaugeSnapshot.builder()
            .name("fovea_confidence_baseline_ratio")
            .help("Mean confidence on the images that the version was evaluated on, 0 to 1.");
    private final CounterSnapshot.Builder dropped = CounterSnapshot.builder()
            .name("fovea_observations_dropped")
            .help("Requests that were counted without their details, because monitoring fell behind.");

    private VersionMetrics() {}

    static List<MetricSnapshot> of(SortedMap<VersionId, VersionStatistics> versions, long dropped) {
        VersionMetrics metrics = new VersionMetrics();
        versions.forEach(metrics::add);
        metrics.dropped.dataPoint(count(Labels.EMPTY, dropped));
        return List.of(
                metrics.requests.build(),
                metrics.errors.build(),
                metrics.durations.build(),
                metrics.stages.build(),
                metrics.predictions.build(),
                metrics.images.build(),
                metrics.cacheHits.build(),
                metrics.cacheMisses.build(),
                metrics.confidence.build(),
                metrics.baseline.build(),
                metrics.dropped.build());
    }

    private void add(VersionId id, VersionStatistics version) {
        Labels labels = Labels.of("model", id.model(), "version", Integer.toString(id.version()));
        requests.dataPoint(count(labels, version.counters.requests()));
        version.counters.errors().forEach((code, count) -> errors.dataPoint(count(labels.add("code", code), count)));
        version.latencies.forEach((stage, latency) -> {
            if (stage == Stage.TOTAL) {
                durations.dataPoint(latency.histogram(labels));
            } else {
                stages.dataPoint(latency.histogram(labels.add("stage", stage.key())));
            }
        });
        version.classes.forEach((label, count) -> predictions.dataPoint(count(labels.add("label", label), count)));
        version.formats.forEach((format, count) -> images.dataPoint(count(labels.add("format", format), count)));
        cacheHits.dataPoint(count(labels, version.counters.cache().hits()));
        cacheMisses.dataPoint(count(labels, version.counters.cache().misses()));
        version.confidence.mean().ifPresent(mean -> confidence.dataPoint(value(labels, mean)));
        version.baseline().ifPresent(mean -> baseline.dataPoint(value(labels, mean)));
    }

    static CounterSnapshot.CounterDataPointSnapshot count(Labels labels, long count) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) count)
                .build();
    }

    static GaugeSnapshot.GaugeDataPointSnapshot value(Labels labels, double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }
}
