package dev.fovea.server;

import dev.fovea.config.ProgramVersion;
import dev.fovea.edge.HttpMetrics;
import dev.fovea.edge.ManagementHandler;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.drift.DriftMetrics;
import dev.fovea.monitoring.drift.DriftWatch;
import dev.fovea.server.metrics.AlertMetrics;
import dev.fovea.server.metrics.RemoteMetrics;
import dev.fovea.server.metrics.TrafficMetrics;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.traffic.PredictionStream;
import dev.fovea.traffic.TrafficLog;
import dev.fovea.traffic.retention.RetentionStatus;
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

    private final Recorder recorder;
    private final AssistanceRecorder assistance;
    private final Remotes remotes;
    private final PredictionStream stream;
    private final TrafficLog log;
    private final Supplier<RetentionStatus> retention;
    private final AlertParts alerts;
    private final DriftWatch drift;
    private final ExpositionFormatWriter text =
            PrometheusTextFormatWriter.builder().build();
    private final ExpositionFormatWriter openMetrics =
            OpenMetricsTextFormatWriter.builder().build();
    private final SingletonSupplier<PrometheusRegistry> registry;

    PrometheusEndpoint(ServingApplication application, HttpMetrics http) {
        this.recorder = application.recorder();
        this.assistance = application.assistance();
        this.remotes = application.remotes();
        this.stream = application.stream();
        this.log = application.trafficLog();
        this.retention = application::retentionStatus;
        this.alerts = application.alertParts();
        this.drift = application.driftWatch();
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
        List<MetricSnapshot> snapshots = new ArrayList<>(recorder.metrics());
        snapshots.addAll(assistance.metrics());
        snapshots.addAll(TrafficMetrics.of(stream.counts(), log.status()));
        snapshots.addAll(TrafficMetrics.of(retention.get()));
        snapshots.addAll(DriftMetrics.of(drift.reports()));
        snapshots.addAll(remotes());
        snapshots.addAll(alerts());
        return new MetricSnapshots(snapshots);
    }

    /** Alerts are read from storage, too. */
    private List<MetricSnapshot> alerts() {
        try {
            return AlertMetrics.of(alerts.alerts().open(), alerts.counts(), alerts.waiting());
        } catch (FoveaException e) {
            LOG.warn("The metrics of alerts are left out: {}", e.getMessage());
            return List.of();
        }
    }

    /** Costs are read from storage, and an error there must not hide all other metrics. */
    private List<MetricSnapshot> remotes() {
        try {
            return RemoteMetrics.of(remotes.status());
        } catch (FoveaException e) {
            LOG.warn("The metrics of remote models are left out: {}", e.getMessage());
            return List.of();
        }
    }
}
