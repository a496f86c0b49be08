package dev.fovea.inference;

import dev.fovea.edge.DirectHandler;
import dev.fovea.edge.EdgeHandler;
import dev.fovea.edge.QueryParameters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /v2/health/live} and {@code /v2/health/ready}, which respond while the framework still starts. */
public final class InferenceHealthHandler implements DirectHandler {

    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private final Supplier<Readiness> readiness;

    public InferenceHealthHandler(Supplier<Readiness> readiness) {
        this.readiness = readiness;
    }

    @Override
    public boolean handle(Request request, String id, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        String path = EdgeHandler.path(request);
        if (path.equals("/v2/health/live")) {
            respond("live", true, request, id, response, callback);
        } else if (path.equals("/v2/health/ready")) {
            respond("ready", readiness.get().ofServer(), request, id, response, callback);
        } else {
            return false;
        }
        return true;
    }

    private static void respond(
            String name, boolean value, Request request, String id, Response response, Callback callback) {
        try {
            QueryParameters.of(request.getHttpURI().getQuery()).only();
        } catch (RuntimeException e) {
            EdgeHandler.fail(e, request, id, response, callback);
            return;
        }
        response.setStatus(value ? 200 : 503);
        response.getHeaders().put(JSON);
        byte[] body = "{\"%s\":%b}".formatted(name, value).getBytes(StandardCharsets.US_ASCII);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
