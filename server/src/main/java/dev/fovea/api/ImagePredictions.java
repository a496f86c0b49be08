package dev.fovea.api;

import dev.fovea.api.view.PredictionView;
import dev.fovea.config.Settings;
import dev.fovea.edge.BodyBytes;
import dev.fovea.edge.QueryParameters;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.RequestDetails;
import dev.fovea.serving.pool.Predictor;
import dev.fovea.serving.routing.Router;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Predicts an image, in whichever form it was sent. Threads that call wait while native work is done elsewhere. */
public final class ImagePredictions {

    private final int maxBytes;
    private final Duration requestTimeout;
    private final Predictor predictor;
    private final Router dispatcher;

    public ImagePredictions(Settings settings, Predictor predictor, Router dispatcher) {
        this.maxBytes = (int) Math.min(settings.limits().image().maxBytes(), Integer.MAX_VALUE - 1);
        this.requestTimeout = settings.inference().requestTimeout();
        this.predictor = predictor;
        this.dispatcher = dispatcher;
    }

    /**
     * What a request says besides the image.
     *
     * @param query parameters as they stand in the URL
     * @param key chooses the version while there are several
     * @param details what is kept of the request
     */
    record Call(
            String model, @Nullable String query, Optional<String> key, CallOptions options, RequestDetails details) {}

    /** What a request says; {@code ARGUMENT_INVALID} for a header that is not understood. */
    Call call(String model, @Nullable String query, CallOptions.Headers headers, RequestDetails details) {
        Optional<String> key = Optional.ofNullable(headers.get(RequestDetails.KEY_HEADER));
        return new Call(model, query, key, CallOptions.of(headers, requestTimeout), details.keyed(key));
    }

    /** {@code OVERLOADED} when the image of a request would be turned away, so that it need not be in memory. */
    void requireRoom(Call call) {
        if (call.query() != null && call.query().contains("version")) {
            return; // that one may have room
        }
        predictor.requireRoom(
                call.model(), call.options().priority(), call.options().cache());
    }

    /**
     * Predicts an image.
     *
     * @param announced its bytes as the sender says; negative where it does not say
     */
    PredictionView predict(Call call, InputStream image, long announced) throws IOException {
        QueryParameters query = QueryParameters.of(call.query()).only("version", "top");
        Optional<Integer> version = query.positive("version");
        int top = query.positive("top").orElse(5);
        PredictionTarget target = new PredictionTarget(call.model(), version, call.key());
        CallOptions options = call.options();
        PredictionRequest asked = new PredictionRequest(
                target,
                bounded(image, announced),
                options.priority(),
                options.deadline(),
                options.cache(),
                call.details());
        return PredictionView.of(dispatcher.route(asked), top, call.details().id());
    }

    private byte[] bounded(InputStream body, long announced) throws IOException {
        byte[] bytes = announced > maxBytes ? new byte[0] : BodyBytes.read(body, announced, maxBytes);
        if (announced > maxBytes || bytes.length > maxBytes) {
            throw new FoveaException(
                    ErrorCode.IMAGE_FILE_TOO_LARGE,
                    "The body is larger than the limit of %,d bytes. Send a smaller file or raise limits.max-image-size."
                            .formatted(maxBytes));
        }
        if (bytes.length == 0) {
            throw new FoveaException(ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "The body is empty. Send an image's bytes.");
        }
        return bytes;
    }
}
