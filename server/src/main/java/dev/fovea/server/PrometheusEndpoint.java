package dev.fovea.server;

import dev.fovea.monitoring.PrometheusText;
import dev.fovea.monitoring.Recorder;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Metrics for Prometheus, at {@code /metrics} of the management port. */
@Endpoint(id = "prometheus")
final class PrometheusEndpoint {

    private final Recorder recorder;

    PrometheusEndpoint(Recorder recorder) {
        this.recorder = recorder;
    }

    @ReadOperation(produces = PrometheusText.CONTENT_TYPE)
    public String scrape() {
        return PrometheusText.of(recorder.families());
    }
}
