package dev.fovea.edge;

import dev.fovea.edge.telemetry.FailedRequest;
import dev.fovea.edge.telemetry.HttpMetrics;
import dev.fovea.edge.telemetry.RequestSpan;
import dev.fovea.edge.telemetry.RequestTracer;
import dev.fovea.edge.telemetry.TracedRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every request passes before the framework: it gets an id, and its response the security headers; foreign pages
 * and unknown keys are refused, and requests for predictions are served.
 */
public final class EdgeHandler extends Handler.Wrapper {

    private final RequestGuard guard;
    private final ApiKeys keys;
    private final BodyCoding coding;
    private final List<DirectHandler> direct;
    private final HttpMetrics metrics;
    private final Optional<RequestTracer> tracer;

    /**
     * @param direct handlers that serve requests before the framework
     * @param tracer of requests that are not refused
     */
    public EdgeHandler(
            RequestGuard guard,
            ApiKeys keys,
            BodyCoding coding,
            List<DirectHandler> direct,
            HttpMetrics metrics,
            Optional<RequestTracer> tracer) {
        this.guard = guard;
        this.keys = keys;
        this.coding = coding;
        this.direct = List.copyOf(direct);
        this.metrics = metrics;
        this.tracer = tracer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        metrics.watch(request, response);
        String id = RequestIds.give(request, response);
        SecurityHeaders.put(response);
        Response drained = new BodyDrain(request, response);
        Optional<RequestRefusal> refusal =
                guard.refusal(request).or(() -> keys.refusal(request)).or(() -> coding.refusal(request));
        if (refusal.isPresent()) {
            refuse(refusal.get(), request, id, drained, callback);
            return true;
        }
        tracer.flatMap(traces -> traces.begin(traced(request, id))).ifPresent(span -> {
            request.setAttribute(RequestSpan.ATTRIBUTE, span);
            Request.addCompletionListener(request, failure -> span.endHttp(response.getStatus()));
        });
        Request readable = coding.readable(request);
        for (DirectHandler handler : direct) {
            if (handler.handle(readable, id, drained, callback)) {
                return true;
            }
        }
        return super.handle(readable, drained, callback);
    }

    private static TracedRequest traced(Request request, String id) {
        return TracedRequest.http(request.getMethod(), path(request), id, request.getHeaders()::get);
    }

    static void refuse(RequestRefusal refusal, Request request, String id, Response response, Callback callback) {
        for (HttpField header : refusal.headers()) {
            response.getHeaders().put(header);
        }
        write(Problem.of(refusal.code(), refusal.status(), refusal.detail(), id), request, response, callback);
    }

    /** Writes a problem, in the form of its path. */
    static void write(Problem problem, Request request, Response response, Callback callback) {
        String path = path(request);
        response.setStatus(problem.status());
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, ProblemWriter.contentType(path).toString());
        response.write(true, ByteBuffer.wrap(ProblemWriter.bytes(path, problem)), callback);
    }

    /** Writes the error response to a request that failed. */
    public static void fail(Exception e, Request request, String id, Response response, Callback callback) {
        ProblemMapper.ProblemResponse problem =
                ProblemMapper.response(e, new FailedRequest(id, request.getMethod(), path(request)));
        problem.retryAfter().ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
        write(problem.problem(), request, response, callback);
    }

    /** As routes see it, decoded; empty where a request has none. */
    public static String path(Request request) {
        return Optional.ofNullable(request.getHttpURI().getDecodedPath()).orElse("");
    }
}
