package dev.fovea.server.metrics;

import dev.fovea.remote.guard.RemoteStatus;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The state and cost of remote models, as metrics for Prometheus. */
public final class RemoteMetrics {

    private RemoteMetrics() {}

    public static List<MetricSnapshot> of(List<RemoteStatus> remotes) {
        GaugeSnapshot.Builder circuit = GaugeSnapshot.builder()
                .name("fovea_remote_circuit_state")
                .help("1 for the state of the circuit breaker of a remote model, 0 for the other states.");
        CounterSnapshot.Builder unmapped = CounterSnapshot.builder()
                .name("fovea_remote_unmapped_labels")
                .help("Labels in responses of a remote model that the configuration maps to none of yours.");
        for (RemoteStatus remote : remotes) {
            for (RemoteStatus.Circuit state : RemoteStatus.Circuit.values()) {
                circuit.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels(remote).add("state", state.name().toLowerCase(Locale.ROOT)))
                        .value(remote.circuit() == state ? 1 : 0)
                        .build());
            }
            unmapped.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(labels(remote))
                    .value((double) remote.unmapped().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .build());
        }
        return List.of(
                circuit.build(),
                unmapped.build(),
                gauge(
                        "fovea_remote_requests_in_flight",
                        "Requests to a remote model that wait for a response.",
                        remotes,
                        RemoteStatus::running),
                gauge(
                        "fovea_remote_month_requests",
                        "Requests to a remote model in this calendar month (UTC), retries included.",
                        remotes,
                        status -> status.month().calls()),
                gauge(
                        "fovea_remote_month_cost",
                        "Cost of a remote model in this calendar month, in the currency of its budget.",
                        remotes,
                        status -> status.month().amount()),
                gauge(
                        "fovea_remote_month_cost_limit",
                        "Max cost of a remote model in a calendar month, in the currency of its budget.",
                        remotes,
                        status -> status.budget().monthlyCeiling()));
    }

    private static GaugeSnapshot gauge(
            String name, String help, List<RemoteStatus> remotes, ToDoubleFunction<RemoteStatus> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        remotes.forEach(status -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels(status))
                .value(value.applyAsDouble(status))
                .build()));
        return gauge.build();
    }

    private static Labels labels(RemoteStatus remote) {
        return Labels.of("remote", remote.name());
    }
}
