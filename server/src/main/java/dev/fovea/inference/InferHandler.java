package dev.fovea.inference;

import dev.fovea.edge.DirectHandler;
import dev.fovea.edge.EdgeHandler;
import dev.fovea.edge.QueryParameters;
import dev.fovea.protocol.InferRequest;
import dev.fovea.protocol.InferResponse;
import dev.fovea.protocol.JsonInferReader;
import dev.fovea.protocol.JsonInferWriter;
import dev.fovea.protocol.RawInput;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.pool.Predictor;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Inference of the Open Inference Protocol over HTTP, past the framework, which would cost more than all else that the
 * server adds to it. Bodies are read and written by hand: most of their bytes are no JSON.
 */
public final class InferHandler implements DirectHandler {

    private static final String MODELS = "/v2/models/";
    private static final String VERSIONS = "/versions/";
    private static final String INFER = "/infer";

    private final Supplier<InferBackend> backend;

    public InferHandler(Supplier<InferBackend> backend) {
        this.backend = backend;
    }

    /** What infers; made after the web server, and so fetched with each request. */
    public record InferBackend(OpenInferenceService inference, Predictor predictor, InferenceBodies bodies) {}

    /** The model of a request; an empty version leaves the choice to the rollout. */
    private record Target(String model, String version) {}

    /** Handles a request for inference, and returns whether it was one. */
    @Override
    public boolean handle(Request request, String id, Response response, Callback callback) {
        Optional<Target> target = target(request);
        if (target.isEmpty()) {
            return false;
        }
        try {
            infer(backend.get(), target.get(), RequestHeaders.details(request, id), request, response, callback);
        } catch (Exception e) { // whatever it is, the caller gets an error response and no stack trace
            EdgeHandler.fail(e, request, id, response, callback);
        }
        return true;
    }

    private static void infer(
            InferBackend with,
            Target target,
            RequestDetails details,
            Request request,
            Response response,
            Callback callback)
            throws IOException {
        QueryParameters.of(request.getHttpURI().getQuery()).only();
        Optional<Integer> version = OpenInferenceService.version(target.version());
        byte[] body = with.bodies().read(request, Content.Source.asInputStream(request));
        OptionalInt announced = InferenceBodies.jsonLength(request);
        InferRequest call = announced.equals(OptionalInt.of(0))
                ? RawInput.read(
                        body,
                        with.predictor()
                                .served(target.model(), version)
                                .signature()
                                .inputs())
                : JsonInferReader.request(body, announced.orElse(body.length));
        InferResponse result = with.inference().infer(target.model(), version, call, details);
        with.bodies().write(JsonInferWriter.response(call, result), request, response, callback);
    }

    private static Optional<Target> target(Request request) {
        String path = EdgeHandler.path(request);
        if (!path.startsWith(MODELS)
                || !path.endsWith(INFER)
                || path.length() <= MODELS.length() + INFER.length()
                || !HttpMethod.POST.is(request.getMethod())) {
            return Optional.empty();
        }
        String name = path.substring(MODELS.length(), path.length() - INFER.length());
        int slash = name.indexOf('/');
        if (slash < 0) {
            return Optional.of(new Target(name, ""));
        }
        String version = name.startsWith(VERSIONS, slash) ? name.substring(slash + VERSIONS.length()) : "";
        return slash == 0 || version.isEmpty() || version.indexOf('/') >= 0
                ? Optional.empty()
                : Optional.of(new Target(name.substring(0, slash), version));
    }
}
