package dev.fovea.monitoring;

import dev.fovea.registry.VersionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The statistics of all versions as metrics for Prometheus. */
final class Exposition {

    private final List<MetricFamily.Series> requests = new ArrayList<>();
    private final List<MetricFamily.Series> errors = new ArrayList<>();
    private final List<MetricFamily.Series> stages = new ArrayList<>();
    private final List<MetricFamily.Series> predictions = new ArrayList<>();
    private final List<MetricFamily.Series> images = new ArrayList<>();
    private final List<MetricFamily.Series> cacheHits = new ArrayList<>();
    private final List<MetricFamily.Series> cacheMisses = new ArrayList<>();
    private final List<MetricFamily.Series> confidence = new ArrayList<>();
    private final List<MetricFamily.Series> baseline = new ArrayList<>();
    private final List<MetricFamily.Series> alarm = new ArrayList<>();

    private Exposition() {}

    static List<MetricFamily> of(SortedMap<VersionId, VersionStatistics> versions, long dropped) {
        Exposition exposition = new Exposition();
        versions.forEach(exposition::add);
        return exposition.families(dropped);
    }

    private void add(VersionId id, VersionStatistics version) {
        Map<String, String> labels = labels(id);
        requests.add(new MetricFamily.Counter(labels, version.counters.requests()));
        version.counters.errors().forEach((code, count) -> errors.add(counter(labels, "code", code, count)));
        version.latencies.forEach(
                (stage, latency) -> stages.add(latency.histogram().with(with(labels, "stage", stage.key()))));
        version.classes.forEach((label, count) -> predictions.add(counter(labels, "label", label, count)));
        version.formats.forEach((format, count) -> images.add(counter(labels, "format", format, count)));
        cacheHits.add(new MetricFamily.Counter(labels, version.counters.cache().hits()));
        cacheMisses.add(
                new MetricFamily.Counter(labels, version.counters.cache().misses()));
        version.confidence.mean().ifPresent(mean -> confidence.add(new MetricFamily.Gauge(labels, mean)));
        version.baseline().ifPresent(mean -> baseline.add(new MetricFamily.Gauge(labels, mean)));
        alarm.add(new MetricFamily.Gauge(labels, version.raised().isPresent() ? 1 : 0));
    }

    private List<MetricFamily> families(long dropped) {
        return Stream.of(
                        new MetricFamily("fovea_requests_total", "Requests that ended.", requests),
                        new MetricFamily("fovea_errors_total", "Requests that ended with an error, by code.", errors),
                        new MetricFamily("fovea_stage_seconds", "Time of each stage of an answer.", stages),
                        new MetricFamily("fovea_predictions_total", "Answers by label.", predictions),
                        new MetricFamily("fovea_images_total", "Answered images by format.", images),
                        new MetricFamily("fovea_cache_hits_total", "Answers without running a network.", cacheHits),
                        new MetricFamily(
                                "fovea_cache_misses_total",
                                "Answers for which the cache was asked in vain.",
                                cacheMisses),
                        new MetricFamily("fovea_confidence_mean", "Mean confidence of all answers.", confidence),
                        new MetricFamily(
                                "fovea_confidence_baseline", "Mean confidence recorded at promotion.", baseline),
                        new MetricFamily("fovea_confidence_alarm", "1 while confidence is alarmingly low.", alarm),
                        new MetricFamily(
                                "fovea_observations_dropped_total",
                                "Requests counted without their details because monitoring could not keep up.",
                                List.of(new MetricFamily.Counter(Map.of(), dropped))))
                .toList();
    }

    private static Map<String, String> labels(VersionId id) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("model", id.model());
        labels.put("version", Integer.toString(id.version()));
        return labels;
    }

    private static Map<String, String> with(Map<String, String> labels, String label, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(label, value);
        return more;
    }

    private static MetricFamily.Series counter(Map<String, String> labels, String label, String value, long count) {
        return new MetricFamily.Counter(with(labels, label, value), count);
    }
}
