package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.PictureRequest;
import dev.fovea.serving.Dispatcher;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.Target;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A picture in, an answer out. Runs on a virtual thread, which waits while native work is done elsewhere. */
@RestController
final class PredictController {

    private static final String REQUEST_KEY = "X-Request-Key";

    private static final long READ_AWAY_FACTOR = 4;
    private static final int TRUSTED_BYTES = 1 << 18;

    private final ServerSettings settings;
    private final Dispatcher dispatcher;

    PredictController(ServerSettings settings, Dispatcher dispatcher) {
        this.settings = settings;
        this.dispatcher = dispatcher;
    }

    @PostMapping("/v1/models/{name}/predict")
    @Operation(operationId = "predict", summary = "Answer one picture: its bytes as the body, or as a file part")
    @Parameter(name = "version", in = ParameterIn.QUERY, schema = @Schema(type = "integer", minimum = "1"))
    @Parameter(name = "top", in = ParameterIn.QUERY, schema = @Schema(type = "integer", minimum = "1"))
    @Parameter(name = RequestIds.HEADER, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
    @Parameter(name = REQUEST_KEY, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
    @Parameter(name = CallOptions.TIMEOUT, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
    @Parameter(
            name = CallOptions.PRIORITY,
            in = ParameterIn.HEADER,
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"high", "normal", "low"}))
    @Parameter(
            name = HttpHeaders.CACHE_CONTROL,
            in = ParameterIn.HEADER,
            description = "no-cache runs the network whatever is kept; no-store also keeps nothing",
            schema = @Schema(type = "string"))
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = Upload.class))
            })
    PredictionView predict(@PathVariable String name, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException, ServletException {
        QueryParameters query = QueryParameters.of(request).only("version", "top");
        Optional<Integer> version = query.positive("version");
        int top = query.positive("top").orElse(5);
        Target target = new Target(name, version, Optional.ofNullable(request.getHeader(REQUEST_KEY)));
        CallOptions options = CallOptions.of(request, settings.requestTimeout());
        PredictionRequest asked = new PredictionRequest(
                target, new PictureRequest(picture(request), options.priority(), options.deadline()), options.cache());
        return PredictionView.of(dispatcher.answer(asked), top, RequestIds.of(request));
    }

    /** The multipart form's only field. */
    @Schema(name = "UploadRequest")
    record Upload(
            @Schema(type = "string", format = "binary") String file) {}

    /** Whether the picture is a part of a form, and not the whole body. */
    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith("multipart/");
    }

    private byte[] picture(HttpServletRequest request) throws IOException, ServletException {
        if (!isForm(request)) {
            return bounded(request.getInputStream(), request.getContentLengthLong());
        }
        for (Part part : request.getParts()) {
            if (part.getSubmittedFileName() != null || part.getName().equals("file")) {
                return bounded(part.getInputStream(), part.getSize());
            }
        }
        throw new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "The multipart body has no file part. Send the picture as the part \"file\".");
    }

    /** One array of the announced size is quickest, but an announcement alone must not cost much memory. */
    private static byte[] read(InputStream body, long announced, int limit) throws IOException {
        if (announced < 0 || announced > TRUSTED_BYTES) {
            return body.readNBytes(limit + 1);
        }
        byte[] bytes = new byte[(int) announced];
        int read = body.readNBytes(bytes, 0, bytes.length);
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }

    private byte[] bounded(InputStream body, long announced) throws IOException {
        int limit = Math.toIntExact(settings.runtime().limits().maxBytes());
        byte[] bytes = announced > limit ? new byte[0] : read(body, announced, limit);
        if (announced > limit || bytes.length > limit) {
            BodyDrain.drain(body, READ_AWAY_FACTOR * limit);
            throw new FoveaException(
                    ErrorCode.PICTURE_FILE_TOO_LARGE,
                    "The body is larger than the limit of %,d bytes. Send a smaller file or raise max-picture-bytes."
                            .formatted(limit));
        }
        if (bytes.length == 0) {
            throw new FoveaException(
                    ErrorCode.PICTURE_FORMAT_UNSUPPORTED, "The body is empty. Send a picture's bytes.");
        }
        return bytes;
    }
}
