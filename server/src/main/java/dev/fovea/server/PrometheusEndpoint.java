package dev.fovea.server;

import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.MetricFamily;
import dev.fovea.monitoring.PrometheusText;
import dev.fovea.monitoring.Recorder;
import dev.fovea.serving.routing.Remotes;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Metrics for Prometheus, at {@code /metrics} of the management port. */
@Endpoint(id = "prometheus")
final class PrometheusEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");

    private final Recorder recorder;
    private final AssistanceRecorder assistance;
    private final Remotes remotes;

    PrometheusEndpoint(Recorder recorder, AssistanceRecorder assistance, Remotes remotes) {
        this.recorder = recorder;
        this.assistance = assistance;
        this.remotes = remotes;
    }

    @ReadOperation(produces = PrometheusText.CONTENT_TYPE)
    public String scrape() {
        List<MetricFamily> families = new ArrayList<>(recorder.families());
        families.addAll(assistance.families());
        families.addAll(elsewhere());
        return PrometheusText.of(families);
    }

    /** Costs are read from storage, and trouble with that must not hide all other figures. */
    private List<MetricFamily> elsewhere() {
        try {
            return RemoteMetrics.of(remotes.status());
        } catch (FoveaException e) {
            LOG.warn("The figures of services elsewhere are left out: {}", e.getMessage());
            return List.of();
        }
    }
}
