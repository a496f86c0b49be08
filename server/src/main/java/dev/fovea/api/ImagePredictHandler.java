package dev.fovea.api;

import dev.fovea.edge.BodyCoding;
import dev.fovea.edge.DirectHandler;
import dev.fovea.edge.EdgeHandler;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.inference.RequestHeaders;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * The path of images past the framework. Requests that the model would refuse are refused here, before their bodies are
 * in memory: under overload this is what most requests cost. An image that is the whole body is predicted here: finding
 * the method, binding arguments and negotiating types would cost more than all else that the server adds to a
 * prediction. Forms go on to {@link PredictController}.
 */
public final class ImagePredictHandler implements DirectHandler {

    private static final String MODELS = "/v1/models/";
    private static final String PREDICT = "/predict";
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private final Supplier<Backend> backend;

    public ImagePredictHandler(Supplier<Backend> backend) {
        this.backend = backend;
    }

    /** What predicts; made after the web server, and so fetched with each request. */
    public record Backend(ImagePredictions predictions, JsonMapper json) {}

    /** Handles a request for a prediction, and returns whether it was one. */
    @Override
    public boolean handle(Request request, String id, Response response, Callback callback) {
        Optional<String> name = model(request);
        if (name.isEmpty()) {
            return false;
        }
        try {
            Backend with = backend.get();
            ImagePredictions.Call call = with.predictions()
                    .call(
                            name.get(),
                            request.getHttpURI().getQuery(),
                            request.getHeaders()::get,
                            RequestHeaders.details(request, id));
            with.predictions().requireRoom(call);
            if (BodyCoding.isForm(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
                return false;
            }
            InputStream body = Content.Source.asInputStream(request);
            byte[] prediction =
                    with.json().writeValueAsBytes(with.predictions().predict(call, body, request.getLength()));
            response.getHeaders().put(JSON);
            response.write(true, ByteBuffer.wrap(prediction), callback);
        } catch (FoveaException e) {
            EdgeHandler.fail(withRemedy(e, request), request, id, response, callback);
        } catch (Exception e) { // whatever it is, the caller gets a problem and no stack trace
            EdgeHandler.fail(e, request, id, response, callback);
        }
        return true;
    }

    /** {@code curl -d} takes line breaks out of a file, and sends a file's name where the {@code @} is missing. */
    private static FoveaException withRemedy(FoveaException e, Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        return form && e.code().blame() == ErrorCode.Blame.INPUT && e.code().kind() == ErrorCode.Kind.BAD_INPUT
                ? new FoveaException(
                        e.code(),
                        e.getMessage()
                                + " If you sent it with \"curl -d\": that removes line breaks, which damages images; use --data-binary @FILE.",
                        e)
                : e;
    }

    /** The model that an image is for; empty for other requests, and for names that only the framework can read. */
    private static Optional<String> model(Request request) {
        String path = Request.getPathInContext(request);
        if (path == null
                || !path.startsWith(MODELS)
                || !path.endsWith(PREDICT)
                || path.length() <= MODELS.length() + PREDICT.length()
                || !HttpMethod.POST.is(request.getMethod())) {
            return Optional.empty();
        }
        String name = path.substring(MODELS.length(), path.length() - PREDICT.length());
        return name.indexOf('/') < 0 && name.indexOf('%') < 0 ? Optional.of(name) : Optional.empty();
    }
}
