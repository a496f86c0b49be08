package dev.fovea.server;

import dev.fovea.config.ProgramVersion;
import dev.fovea.edge.ManagementHandler;
import dev.fovea.edge.telemetry.HttpMetrics;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.drift.DriftMetrics;
import dev.fovea.monitoring.objectives.ObjectiveMetrics;
import dev.fovea.server.metrics.AlertMetrics;
import dev.fovea.server.metrics.RemoteMetrics;
import dev.fovea.server.metrics.RolloutMetrics;
import dev.fovea.server.metrics.TrafficMetrics;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Metrics for Prometheus, at {@code /metrics} of the management port. Those of models are made from the recorders'
 * counts at each scrape, so that a prediction costs nothing more.
 */
final class PrometheusEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final int USUAL_BYTES = 1 << 16;

    private final ServingApplication application;
    private final ExpositionFormatWriter text =
            PrometheusTextFormatWriter.builder().build();
    private final ExpositionFormatWriter openMetrics =
            OpenMetricsTextFormatWriter.builder().build();
    private final SingletonSupplier<PrometheusRegistry> registry;

    PrometheusEndpoint(ServingApplication application, HttpMetrics http) {
        this.application = application;
        // made at the first scrape, because the start has no time for it
        this.registry = SingletonSupplier.of(() -> {
            PrometheusRegistry made = registry(http);
            made.register((MultiCollector) this::models);
            return made;
        });
    }

    /** Metrics of the JVM, the process, the program and HTTP. */
    static PrometheusRegistry registry(HttpMetrics http) {
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        http.register(registry);
        Info.builder()
                .name("fovea_build_info")
                .help("The version of Fovea.")
                .labelNames("version")
                .register(registry)
                .addLabelValues(ProgramVersion.current());
        return registry;
    }

    /**
     * All metrics: in the OpenMetrics format for who accepts it, as Prometheus does, because only that has exemplars;
     * else in Prometheus' text format.
     */
    ManagementHandler.ManagementPage scrape(String accept) {
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : text;
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try {
            writer.write(out, registry.obtain().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ManagementHandler.ManagementPage(200, writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }

    private MetricSnapshots models() {
        List<MetricSnapshot> snapshots = new ArrayList<>(application.recorder().metrics());
        snapshots.addAll(application.assistance().metrics());
        snapshots.addAll(TrafficMetrics.of(
                application.stream().counts(), application.trafficLog().status()));
        snapshots.addAll(TrafficMetrics.of(application.retentionStatus()));
        snapshots.addAll(DriftMetrics.of(application.driftWatch().reports()));
        snapshots.addAll(stored(
                "remote models", () -> RemoteMetrics.of(application.remotes().status())));
        snapshots.addAll(stored("alerts", this::alerts));
        snapshots.addAll(stored(
                "objectives",
                () -> ObjectiveMetrics.of(application.serviceLevels().burns().now())));
        snapshots.addAll(stored(
                "rollouts",
                () -> RolloutMetrics.of(
                        application.registry(),
                        application.rollouts(),
                        application.clock().instant())));
        return new MetricSnapshots(snapshots);
    }

    private List<MetricSnapshot> alerts() {
        AlertParts parts = application.alertParts();
        return AlertMetrics.of(parts.alerts().open(), parts.counts(), parts.waiting());
    }

    /** Metrics that are read from storage: an error there must not hide all others. */
    private static List<MetricSnapshot> stored(String what, Supplier<List<MetricSnapshot>> metrics) {
        try {
            return metrics.get();
        } catch (FoveaException e) {
            LOG.warn("The metrics of {} are left out: {}", what, e.getMessage());
            return List.of();
        }
    }
}
