package dev.fovea.server;

import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.MetricFamily;
import dev.fovea.monitoring.PrometheusText;
import dev.fovea.monitoring.Recorder;
import dev.fovea.serving.Remotes;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Metrics for Prometheus, at {@code /metrics} of the management port. */
@Endpoint(id = "prometheus")
final class PrometheusEndpoint {

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
        families.addAll(RemoteMetrics.of(remotes.status()));
        return PrometheusText.of(families);
    }
}
