package dev.fovea.monitoring.objectives;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** Error budgets for Prometheus. All servers of a home say the same. */
public final class ObjectiveMetrics {

    private ObjectiveMetrics() {}

    /** Of all objectives that are counted from requests. */
    public static List<MetricSnapshot> of(List<ObjectiveBurn> burns) {
        GaugeSnapshot.Builder left = GaugeSnapshot.builder()
                .name("fovea_objective_budget_left_ratio")
                .help("The part of the month's error budget that is left; below 0 when more is used.");
        GaugeSnapshot.Builder rate = GaugeSnapshot.builder()
                .name("fovea_objective_burn_rate")
                .help("How many times faster than allowed an error budget is used in a window, over all servers.");
        GaugeSnapshot.Builder bad = GaugeSnapshot.builder()
                .name("fovea_objective_bad_requests")
                .help("Requests of a window that used an error budget, over all servers; a cost has none.");
        for (ObjectiveBurn burn : burns) {
            Labels labels = Labels.of(
                    "model", burn.model(), "objective", burn.objective().name());
            burn.budgetLeft().ifPresent(value -> left.dataPoint(point(labels, value)));
            for (BurnWindow window : BurnWindow.values()) {
                Labels ofWindow = labels.add("window", window.word());
                burn.rate(window).ifPresent(value -> rate.dataPoint(point(ofWindow, value)));
                burn.bad(window).ifPresent(value -> bad.dataPoint(point(ofWindow, value)));
            }
        }
        return List.of(left.build(), rate.build(), bad.build());
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
