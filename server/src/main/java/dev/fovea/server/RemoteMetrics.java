package dev.fovea.server;

import dev.fovea.monitoring.MetricFamily;
import dev.fovea.remote.guard.RemoteStatus;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How services elsewhere fare, as metrics. */
final class RemoteMetrics {

    private RemoteMetrics() {}

    static List<MetricFamily> of(List<RemoteStatus> remotes) {
        return List.of(
                family(
                        "fovea_remote_circuit_open",
                        "1 while a service is left alone, 0.5 while it is tried.",
                        remotes,
                        status -> open(status.circuit())),
                family("fovea_remote_running", "Calls under way.", remotes, RemoteStatus::running),
                family(
                        "fovea_remote_month_calls",
                        "Tries of this month.",
                        remotes,
                        status -> status.month().calls()),
                family(
                        "fovea_remote_month_cost",
                        "Cost of this month, in the budget's currency.",
                        remotes,
                        status -> status.month().amount()),
                family(
                        "fovea_remote_month_ceiling",
                        "What a month may cost.",
                        remotes,
                        status -> status.budget().monthlyCeiling()),
                family(
                        "fovea_remote_unmapped_labels",
                        "Labels seen that have no place in ours, all together.",
                        remotes,
                        status -> status.unmapped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
    }

    private static double open(RemoteStatus.Circuit circuit) {
        return switch (circuit) {
            case CLOSED -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN -> 1;
        };
    }

    private static MetricFamily family(
            String name, String help, List<RemoteStatus> remotes, ToDoubleFunction<RemoteStatus> value) {
        return new MetricFamily(
                name,
                help,
                remotes.stream()
                        .<MetricFamily.Series>map(status ->
                                new MetricFamily.Gauge(Map.of("remote", status.name()), value.applyAsDouble(status)))
                        .toList());
    }
}
