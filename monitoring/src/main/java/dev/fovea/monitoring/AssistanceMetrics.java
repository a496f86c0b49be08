package dev.fovea.monitoring;

import static dev.fovea.monitoring.VersionMetrics.count;
import static dev.fovea.monitoring.VersionMetrics.value;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;

/** What cascades and fallbacks do, as metrics for Prometheus, made anew for each scrape. */
final class AssistanceMetrics {

    private final CounterSnapshot.Builder requests = CounterSnapshot.builder()
            .name("fovea_cascade_requests")
            .help("Responses of models with a cascade, since it was declared.");
    private final CounterSnapshot.Builder escalations = CounterSnapshot.builder()
            .name("fovea_cascade_escalations")
            .help("Requests that were escalated to the larger model.");
    private final CounterSnapshot.Builder comparisons = CounterSnapshot.builder()
            .name("fovea_cascade_comparisons")
            .help("Escalated requests to which the larger model responded.");
    private final CounterSnapshot.Builder agreements = CounterSnapshot.builder()
            .name("fovea_cascade_agreements")
            .help("Comparisons in which both models predicted the same label.");
    private final CounterSnapshot.Builder failures =
            CounterSnapshot.builder().name("fovea_cascade_failures").help("Escalations that failed, by error code.");
    private final GaugeSnapshot.Builder escalationRatio = GaugeSnapshot.builder()
            .name("fovea_cascade_escalation_ratio")
            .help("Fraction of requests that were escalated, 0 to 1.");
    private final GaugeSnapshot.Builder expectedRatio = GaugeSnapshot.builder()
            .name("fovea_cascade_expected_escalation_ratio")
            .help("Fraction of requests that the evaluation expected to be escalated, 0 to 1.");
    private final CounterSnapshot.Builder fallbacks = CounterSnapshot.builder()
            .name("fovea_fallbacks")
            .help("Responses of a fallback in place of the model, by error code.");

    void cascade(String model, CascadeCounters counters) {
        Labels labels = Labels.of("model", model);
        CascadeMetrics metrics = counters.metrics();
        requests.dataPoint(count(labels, metrics.predictions()));
        escalations.dataPoint(count(labels, metrics.escalated()));
        comparisons.dataPoint(count(labels, metrics.compared()));
        agreements.dataPoint(count(labels, counters.agreed.sum()));
        metrics.failures().forEach((code, count) -> failures.dataPoint(count(labels.add("code", code), count)));
        metrics.share().ifPresent(live -> escalationRatio.dataPoint(value(labels, live.value())));
        counters.cascade
                .expected()
                .ifPresent(expected ->
                        expectedRatio.dataPoint(value(labels, expected.share().value())));
    }

    void fallbacks(String model, Map<String, Long> counts) {
        counts.forEach((code, count) -> fallbacks.dataPoint(count(Labels.of("model", model, "code", code), count)));
    }

    List<MetricSnapshot> build() {
        return List.of(
                requests.build(),
                escalations.build(),
                comparisons.build(),
                agreements.build(),
                failures.build(),
                escalationRatio.build(),
                expectedRatio.build(),
                fallbacks.build());
    }
}
