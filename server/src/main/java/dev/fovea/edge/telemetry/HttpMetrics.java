package dev.fovea.edge.telemetry;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
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

    private final Histogram durations;
    private final AtomicReferenceArray<DistributionDataPoint> points =
            new AtomicReferenceArray<>(METHODS.size() * CODES);

    /** Metrics that point to no traces. */
    public HttpMetrics() {
        this(false);
    }

    /** @param exemplars whether a bucket has the trace of one of its requests; costs a timer for each */
    public HttpMetrics(boolean exemplars) {
        Histogram.Builder builder = Histogram.builder()
                .name("http_server_request_duration_seconds")
                .help(
                        "Duration of HTTP requests on the API port, from the request's header to the end of the response.")
                .labelNames("method", "code")
                .classicOnly()
                .classicUpperBounds(BOUNDS);
        this.durations = (exemplars ? builder.withExemplars() : builder.withoutExemplars()).build();
    }

    /** Adds these metrics to a registry. */
    public void register(PrometheusRegistry registry) {
        registry.register(durations);
    }

    /** Observes a request when it has ended. */
    public void watch(Request request, Response response) {
        Request.addCompletionListener(request, failure -> {
            double seconds = (System.nanoTime() - request.getHeadersNanoTime()) / NANOS_PER_SECOND;
            DistributionDataPoint point = point(request.getMethod(), response.getStatus());
            RequestSpan.of(request)
                    .ifPresentOrElse(
                            span -> point.observeWithExemplar(
                                    seconds, Labels.of("trace_id", span.traceId(), "span_id", span.spanId())),
                            () -> point.observe(seconds));
        });
    }

    /** Adds one request. */
    public void observe(String method, int status, double seconds) {
        point(method, status).observe(seconds);
    }

    private DistributionDataPoint point(String name, int status) {
        int known = METHODS.indexOf(name);
        int method = known < 0 ? METHODS.size() - 1 : known;
        int code = Math.clamp(status, 0, CODES - 1);
        int index = method * CODES + code;
        DistributionDataPoint point = points.get(index);
        if (point == null) {
            point = durations.labelValues(METHODS.get(method), Integer.toString(code));
            points.set(index, point);
        }
        return point;
    }
}
