package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.delivery.RouteCounts;
import dev.fovea.edge.telemetry.HttpMetrics;
import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.MonitoringStore;
import dev.fovea.monitoring.Observation;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.RequestOutcome;
import dev.fovea.monitoring.StageNanos;
import dev.fovea.monitoring.drift.AlarmOrigin;
import dev.fovea.monitoring.drift.DriftMetrics;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveBurns;
import dev.fovea.monitoring.objectives.ObjectiveMetrics;
import dev.fovea.monitoring.objectives.ObjectiveStore;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.VersionId;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.MonthlyCost;
import dev.fovea.remote.guard.RemoteStatus;
import dev.fovea.rollout.RolloutOutcome;
import dev.fovea.rollout.RolloutStart;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.server.metrics.AlertMetrics;
import dev.fovea.server.metrics.RemoteMetrics;
import dev.fovea.server.metrics.RolloutMetrics;
import dev.fovea.server.metrics.TrafficMetrics;
import dev.fovea.statistics.RunningMean;
import dev.fovea.traffic.StreamCounts;
import dev.fovea.traffic.TrafficLogStatus;
import dev.fovea.traffic.retention.RetentionStatus;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page {@code docs/reference/metrics.md} is made of the metrics themselves. After a change of a metric, make it
 * anew with {@code -Dfovea.docs.renew=true} and commit it.
 */
class MetricsReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
            .resolve("docs/reference/metrics.md");

    private static final String HEAD = """
            # Metrics reference

            Metrics are at `/metrics` of the management port, in Prometheus' text format. [Monitor with Prometheus](../how-to/prometheus) says how to scrape them and what to alert on.

            - Times are in seconds, sizes in bytes, and a `_ratio` is from 0 to 1.
            - Counters and histograms of models continue over restarts of the server. Those of HTTP, cascades, the prediction log and remote models start at 0.
            - A metric appears once it has a value.

            This page is generated from the code.
            """;

    /** What people graph; the client has more, which depend on the JVM's garbage collector and the system. */
    private static final List<String> JVM = List.of(
            "process_cpu_seconds",
            "process_resident_memory_bytes",
            "process_open_fds",
            "process_start_time_seconds",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_collection_seconds",
            "jvm_threads_current",
            "jvm_runtime");

    @Test
    void shouldBeTheCommittedPage() throws IOException {
        String page = HEAD
                + section("Models", models())
                + section("Drift", drift())
                + section("Objectives", objectives())
                + section("Rollouts", rollouts())
                + section("Cascades and fallbacks", assistance())
                + section("Prediction log", traffic())
                + section("Remote models", RemoteMetrics.of(List.of(remote())))
                + section("Alerts", alerts())
                + section("Server", server("fovea_build", "http_server_request_duration_seconds"))
                + section("JVM and process", server(JVM.toArray(String[]::new)))
                + "\nMore metrics of the JVM begin with `jvm_` and `process_`.\n";
        if (Boolean.getBoolean("fovea.docs.renew")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("make it anew with -Dfovea.docs.renew=true")
                .content()
                .isEqualTo(page);
    }

    private static List<MetricSnapshot> models() {
        VersionId version = new VersionId("shirts", 1);
        try (Recorder recorder = Recorder.start(new NoStore(), Clock.systemUTC())) {
            recorder.record(new Observation(
                    version,
                    new RequestOutcome.RequestSucceeded(
                            List.of(new RequestOutcome.PredictedLabel("tear", 0.9)),
                            new StageNanos(1, 1, 1, 1, 1, 6),
                            Optional.of(new RequestOutcome.ReceivedImage(1, 1, "PNG")),
                            RequestOutcome.Cache.MISS)));
            recorder.record(new Observation(version, new RequestOutcome.RequestFailed(ErrorCode.OVERLOADED)));
            recorder.promoted("shirts", new Promotion(1, Instant.EPOCH), Optional.of(new RunningMean(100, 0.9, 1)));
            return recorder.metrics();
        }
    }

    private static List<MetricSnapshot> drift() {
        VersionId version = new VersionId("shirts", 1);
        List<DriftAlarm.TestShare> tests = List.of(new DriftAlarm.TestShare("brightness", 1));
        return DriftMetrics.of(Map.of(
                version,
                new DriftReport(
                        version,
                        DriftReport.DriftPhase.WATCHING,
                        "",
                        DriftSettings.DEFAULT,
                        new DriftReport.DriftProgress(Instant.EPOCH, Optional.of(Instant.EPOCH), 1, 1, 0),
                        new DriftReport.DriftEvidence(1, 60, tests),
                        new DriftReport.DriftFindings(List.of(), Optional.empty(), AlarmOrigin.UNKNOWN, List.of()))));
    }

    private static List<MetricSnapshot> objectives() {
        ServiceObjectives promised = new ServiceObjectives(
                List.of(new Objective(Indicator.AVAILABILITY, Optional.empty(), 99)), Optional.empty());
        ServiceCounts counts = new ServiceCounts(LatencyHistogram.EMPTY, 1, 0, 0, new ServiceUse(0, 0, 0));
        return ObjectiveMetrics.of(new ObjectiveBurns(
                        new Promised(promised),
                        new Counted(new ServiceSlot(Instant.EPOCH, ServiceSlot.SHORT, counts)),
                        InstantSource.fixed(Instant.EPOCH))
                .now());
    }

    private static List<MetricSnapshot> rollouts() {
        StagedRollout started = StagedRollout.started(
                "1",
                new VersionId("shirts", 2),
                1,
                RolloutPolicy.USUAL,
                new RolloutStart(Instant.EPOCH, "ada", "", Optional.empty()));
        return RolloutMetrics.of(
                List.of(new StagedRollout(
                        started.id(),
                        started.candidate(),
                        started.production(),
                        started.policy(),
                        started.start(),
                        new RolloutState.Ended(new RolloutOutcome.Promoted(Optional.empty(), "better"), Instant.EPOCH),
                        started.evidence())),
                Instant.EPOCH);
    }

    private static List<MetricSnapshot> assistance() {
        AssistanceRecorder recorder = new AssistanceRecorder();
        Cascade.Estimate estimate = new Cascade.Estimate(0.2, 0.1, 0.3);
        Cascade cascade = new Cascade(
                new ModelRef.Local("large"),
                0.8,
                1,
                Instant.EPOCH,
                Optional.of(new Cascade.Expectation(100, 0.9, estimate, estimate, estimate, "ms")));
        recorder.sure("small", cascade);
        recorder.escalationFailed("small", cascade, ErrorCode.OVERLOADED);
        recorder.fellBack("small", ErrorCode.OVERLOADED);
        return recorder.metrics();
    }

    private static List<MetricSnapshot> traffic() {
        SortedMap<String, Long> rows = new TreeMap<>(Map.of("shirts", 1L));
        List<MetricSnapshot> traffic = new ArrayList<>(TrafficMetrics.of(
                Map.of("shirts", new StreamCounts(1, 0, 0)), new TrafficLogStatus(rows, rows, 0, Optional.empty())));
        traffic.addAll(TrafficMetrics.of(new RetentionStatus(rows, rows, Optional.empty())));
        return traffic;
    }

    private static List<MetricSnapshot> alerts() {
        Condition condition = new Condition(
                "k",
                Optional.of("shirts"),
                AlertKind.DRIFT,
                Severity.WARNING,
                "Drift",
                "",
                Optional.empty(),
                Instant.EPOCH);
        Alert alert = new Alert(
                "1",
                condition,
                new AlertState.Raised(Instant.EPOCH),
                Instant.EPOCH,
                1,
                Instant.EPOCH,
                Optional.empty());
        return AlertMetrics.of(List.of(alert), Map.of("on-call", new RouteCounts(1, 0, 0)), Map.of());
    }

    private static RemoteStatus remote() {
        return new RemoteStatus(
                "vision",
                RemoteStatus.Circuit.CLOSED,
                0,
                new MonthlyCost(YearMonth.of(2026, 1), 0, 0),
                Budget.free(),
                Map.of());
    }

    /** Those of a real registry. */
    private static List<MetricSnapshot> server(String... names) {
        HttpMetrics http = new HttpMetrics();
        http.observe("GET", 200, 0.001);
        List<MetricSnapshot> all =
                PrometheusEndpoint.registry(http).scrape().stream().toList();
        List<MetricSnapshot> found = new ArrayList<>();
        for (String name : names) {
            assertThat(all)
                    .filteredOn(metric -> metric.getMetadata().getName().equals(name))
                    .as(name)
                    .hasSize(1)
                    .allSatisfy(found::add);
        }
        return found;
    }

    private static String section(String title, List<MetricSnapshot> metrics) {
        return metrics.stream()
                .map(MetricsReferenceTest::row)
                .collect(Collectors.joining(
                        "",
                        "\n## %s\n\n| metric | type | labels | what it counts or measures |\n|---|---|---|---|\n"
                                .formatted(title),
                        ""));
    }

    private static String row(MetricSnapshot metric) {
        String name = metric.getMetadata().getName();
        String labels = metric.getDataPoints().stream()
                .flatMap(point -> point.getLabels().stream())
                .map(label -> "`%s`".formatted(label.getName()))
                .distinct()
                .collect(Collectors.joining(", "));
        return switch (metric) {
            case CounterSnapshot _ -> row(name + "_total", "counter", labels, metric);
            case HistogramSnapshot _ -> row(name, "histogram", labels, metric);
            case SummarySnapshot _ -> row(name, "summary", labels, metric);
            case InfoSnapshot _ -> row(name + "_info", "info, always 1", labels, metric);
            default -> row(name, "gauge", labels, metric);
        };
    }

    private static String row(String name, String type, String labels, MetricSnapshot metric) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(name, type, labels, metric.getMetadata().getHelp());
    }

    /** Of one model. */
    private record Promised(ServiceObjectives promised) implements ObjectiveStore {

        @Override
        public ServiceObjectives objectives(String model) {
            return promised;
        }

        @Override
        public Map<String, ServiceObjectives> all() {
            return Map.of("shirts", promised);
        }

        @Override
        public void change(String model, ServiceObjectives objectives) {
            throw new UnsupportedOperationException();
        }
    }

    /** One slot. */
    private record Counted(ServiceSlot slot) implements ServiceLevelStore {

        @Override
        public void add(String server, List<ModelSlot> slots) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ServiceSlot> slots(String model, Instant from, Instant until) {
            return List.of(slot);
        }

        @Override
        public void rollUp(String server, Instant before) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeBefore(Instant moment) {
            throw new UnsupportedOperationException();
        }
    }

    /** Keeps nothing. */
    private static final class NoStore implements MonitoringStore {

        @Override
        public void save(List<Saved> states) {
            // nothing is loaded again
        }

        @Override
        public List<Saved> load() {
            return List.of();
        }
    }
}
