package dev.fovea.edge;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Durations of HTTP requests on the API port, by method and status code. The data point of a method and code is looked
 * up once; after that a request costs an array read and the histogram's own adders.
 */
public final class HttpMetrics {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int CODES = 600;
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    /** Others are counted together: callers may invent methods. */
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "other");

    private final Histogram durations = Histogram.builder()
            .name("http_server_request_duration_seconds")
            .help("Duration of HTTP requests on the API port, from the request's header to the end of the response.")
            .labelNames("method", "code")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            // there are no traces to point to, and each would start a timer
            .withoutExemplars()
            .build();
    private final AtomicReferenceArray<DistributionDataPoint> points =
            new AtomicReferenceArray<>(METHODS.size() * CODES);

    /** Adds these metrics to a registry. */
    public void register(PrometheusRegistry registry) {
        registry.register(durations);
    }

    /** Observes a request when it has ended. */
    void watch(Request request, Response response) {
        Request.addCompletionListener(
                request,
                failure -> observe(
                        request.getMethod(),
                        response.getStatus(),
                        (System.nanoTime() - request.getHeadersNanoTime()) / NANOS_PER_SECOND));
    }

    /** Adds one request. */
    public void observe(String method, int status, double seconds) {
        int known = METHODS.indexOf(method);
        point(known < 0 ? METHODS.size() - 1 : known, status).observe(seconds);
    }

    private DistributionDataPoint point(int method, int status) {
        int code = Math.clamp(status, 0, CODES - 1);
        int index = method * CODES + code;
        DistributionDataPoint known = points.get(index);
        if (known == null) {
            known = durations.labelValues(METHODS.get(method), Integer.toString(code));
            points.set(index, known);
        }
        return known;
    }
}
