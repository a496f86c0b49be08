package dev.fovea.server.telemetry;

import dev.fovea.config.ProgramVersion;
import dev.fovea.edge.telemetry.RequestSpan;
import dev.fovea.edge.telemetry.RequestTracer;
import dev.fovea.edge.telemetry.TracedRequest;
import dev.fovea.runtime.session.Timings;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.StreamedPrediction;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Exports traces to an OpenTelemetry collector, by OTLP over HTTP. A request has a span from its header to the end of
 * its response. A prediction is a span below it, with a span for each stage; these are made from measured durations
 * when the response is on its way to the prediction log, so that a request does not pay for them. Spans are sent in the
 * background; those that the sender's queue has no room for are dropped.
 */
final class TraceExport implements RequestTracer {

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<UnaryOperator<@Nullable String>> HEADERS =
            (headers, name) -> headers == null ? null : headers.apply(name);
    private static final int CLOSE_SECONDS = 2;
    private static final int FIRST_SERVER_ERROR = 500;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private TraceExport(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("dev.fovea", ProgramVersion.current());
    }

    /**
     * Exports from now on.
     *
     * @param endpoint base URL of the collector
     * @param ratio share of requests that are sampled, unless their caller says
     * @param instance the name of this server among others
     */
    static TraceExport begin(String endpoint, double ratio, String instance) {
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        Resource resource = Resource.create(Attributes.builder()
                .put("service.name", "fovea")
                .put("service.version", ProgramVersion.current())
                .put("service.instance.id", instance)
                .build());
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(base + "/v1/traces")
                .setCompression("gzip")
                .build();
        return new TraceExport(SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build());
    }

    /** Sends what waits, for two seconds at most. */
    void end() {
        var _ = provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Optional<RequestSpan> begin(TracedRequest request) {
        SpanBuilder builder = tracer.spanBuilder(request.name())
                .setParent(W3C.extract(Context.root(), request.headers(), HEADERS))
                .setSpanKind(SpanKind.SERVER);
        request.attributes().forEach((name, value) -> {
            if (!value.isEmpty()) {
                builder.setAttribute(name, value);
            }
        });
        Span span = builder.startSpan();
        return span.getSpanContext().isSampled() ? Optional.of(new ExportedSpan(span)) : Optional.empty();
    }

    private record ExportedSpan(Span span) implements RequestSpan {
        @Override
        public String traceId() {
            return span.getSpanContext().getTraceId();
        }

        @Override
        public String spanId() {
            return span.getSpanContext().getSpanId();
        }

        @Override
        public void endHttp(int status) {
            end("http.response.status_code", status, status >= FIRST_SERVER_ERROR);
        }

        @Override
        public void endGrpc(int code, boolean failed) {
            end("rpc.grpc.status_code", code, failed);
        }

        private void end(String attribute, long status, boolean failed) {
            span.setAttribute(attribute, status);
            if (failed) {
                span.setAttribute("error.type", Long.toString(status));
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    /** Adds the stages of traced predictions. */
    void add(List<StreamedPrediction> batch) {
        for (StreamedPrediction streamed : batch) {
            LoggedPrediction row = streamed.row();
            row.request().traceparent().ifPresent(parent -> add(row, parent));
        }
    }

    private void add(LoggedPrediction row, String traceparent) {
        Map<String, String> headers = Map.of("traceparent", traceparent);
        Instant start = row.time().minusNanos(row.times().total());
        Span prediction = tracer.spanBuilder("predict")
                .setParent(W3C.extract(Context.root(), headers::get, HEADERS))
                .setStartTimestamp(start)
                .setAttribute("fovea.model", row.version().model())
                .setAttribute("fovea.version", (long) row.version().version())
                .setAttribute("fovea.contract", row.contract())
                .setAttribute("fovea.cache", row.routing().cache().name())
                .setAttribute("fovea.role", row.routing().role().name())
                .setAttribute(
                        "fovea.image.format", row.image().header().format().name())
                .setAttribute("fovea.image.width", (long) row.image().header().width())
                .setAttribute("fovea.image.height", (long) row.image().header().height())
                .startSpan();
        row.routing().servedBy().ifPresent(by -> prediction.setAttribute("fovea.served_by", by));
        row.routing().error().ifPresent(code -> prediction.setAttribute("fovea.error", code.name()));
        Context parent = Context.root().with(prediction);
        Timings stages = row.times().stages();
        Instant at = stage(parent, "decode", start, stages.decode());
        at = stage(parent, "preprocess", at, stages.preprocess());
        at = stage(parent, "queue", at, stages.queue());
        at = stage(parent, "infer", at, stages.infer());
        var _ = stage(parent, "postprocess", at, stages.postprocess());
        prediction.end(row.time());
    }

    /** Returns the end of the stage, where the next one begins. */
    private Instant stage(Context parent, String name, Instant start, long nanos) {
        Instant end = start.plusNanos(nanos);
        if (nanos > 0) {
            tracer.spanBuilder(name)
                    .setParent(parent)
                    .setStartTimestamp(start)
                    .startSpan()
                    .end(end);
        }
        return end;
    }
}
