package dev.fovea.edge;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every request passes before the framework: it gets an id, and its response the security headers; foreign pages
 * and unknown keys are refused, and images are predicted.
 */
public final class EdgeHandler extends Handler.Wrapper {

    private final RequestGuard guard;
    private final ApiKeys keys;
    private final BodyCoding coding;
    private final DirectHandler images;
    private final HttpMetrics metrics;

    public EdgeHandler(RequestGuard guard, ApiKeys keys, BodyCoding coding, DirectHandler images, HttpMetrics metrics) {
        this.guard = guard;
        this.keys = keys;
        this.coding = coding;
        this.images = images;
        this.metrics = metrics;
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
        Request readable = coding.readable(request);
        return images.handle(readable, id, drained, callback) || super.handle(readable, drained, callback);
    }

    static void refuse(RequestRefusal refusal, Request request, String id, Response response, Callback callback) {
        for (HttpField header : refusal.headers()) {
            response.getHeaders().put(header);
        }
        write(Problem.of(refusal.code(), refusal.status(), refusal.detail(), id), request, response, callback);
    }

    /** Writes a problem, in the form of its path. */
    public static void write(Problem problem, Request request, Response response, Callback callback) {
        String path = path(request);
        response.setStatus(problem.status());
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, ProblemWriter.contentType(path).toString());
        response.write(true, ByteBuffer.wrap(ProblemWriter.bytes(path, problem)), callback);
    }

    /** As routes see it, decoded; empty where a request has none. */
    public static String path(Request request) {
        return Optional.ofNullable(request.getHttpURI().getDecodedPath()).orElse("");
    }
}
