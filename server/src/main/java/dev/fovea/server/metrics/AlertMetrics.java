package dev.fovea.server.metrics;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.delivery.RouteCounts;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Open alerts and their deliveries, as metrics for Prometheus. */
public final class AlertMetrics {

    private AlertMetrics() {}

    /**
     * The metrics.
     *
     * @param waiting deliveries, by route
     */
    public static List<MetricSnapshot> of(
            List<Alert> open, Map<String, RouteCounts> counts, Map<String, Long> waiting) {
        return List.of(alerts(open), deliveries(counts), queued(counts, waiting));
    }

    private static GaugeSnapshot alerts(List<Alert> open) {
        Map<Labels, Integer> numbers = new TreeMap<>();
        for (Alert alert : open) {
            numbers.merge(
                    Labels.of(
                            "kind", alert.condition().kind().word(),
                            "model", alert.condition().model().orElse(""),
                            "severity", alert.condition().severity().word(),
                            "state", alert.state().word()),
                    1,
                    Integer::sum);
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("fovea_alerts")
                .help("Alerts that are raised or acknowledged. The model is empty for the server itself.");
        numbers.forEach((labels, number) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(number).build()));
        return gauge.build();
    }

    private static CounterSnapshot deliveries(Map<String, RouteCounts> counts) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name("fovea_alert_deliveries")
                .help(
                        "Messages about alerts, by route: delivered, failed (given up), or retried (tries that failed and are repeated).");
        counts.forEach((route, count) -> {
            counter.dataPoint(point(route, "delivered", count.delivered()));
            counter.dataPoint(point(route, "failed", count.failed()));
            counter.dataPoint(point(route, "retried", count.retried()));
        });
        return counter.build();
    }

    private static CounterDataPointSnapshot point(String route, String outcome, long number) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("outcome", outcome, "route", route))
                .value((double) number)
                .build();
    }

    private static GaugeSnapshot queued(Map<String, RouteCounts> counts, Map<String, Long> waiting) {
        Map<String, Long> all = new TreeMap<>(waiting);
        counts.keySet().forEach(route -> all.putIfAbsent(route, 0L));
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("fovea_alert_deliveries_waiting")
                .help("Messages about alerts that are still to be delivered, by route.");
        all.forEach((route, number) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("route", route))
                .value((double) number)
                .build()));
        return gauge.build();
    }
}
