package dev.fovea.api;

import dev.fovea.api.view.PredictionView;
import dev.fovea.edge.BodyCoding;
import dev.fovea.edge.Caller;
import dev.fovea.edge.RequestIds;
import dev.fovea.edge.telemetry.RequestSpan;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.serving.RequestDetails;
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
import java.util.Collection;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Images that are sent as a part of a form. Those that are the whole body are described here, but
 * {@link ImagePredictHandler} has answered them before they come here.
 */
@RestController
public final class PredictController {

    private final ImagePredictions predictions;

    public PredictController(ImagePredictions predictions) {
        this.predictions = predictions;
    }

    @PostMapping("/v1/models/{name}/predict")
    @Operation(operationId = "predict", summary = "Predict one image: its bytes as the body, or as a file part")
    @Parameter(name = "version", in = ParameterIn.QUERY, schema = @Schema(type = "integer", minimum = "1"))
    @Parameter(name = "top", in = ParameterIn.QUERY, schema = @Schema(type = "integer", minimum = "1"))
    @Parameter(name = RequestIds.HEADER, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
    @Parameter(name = RequestDetails.KEY_HEADER, in = ParameterIn.HEADER, schema = @Schema(type = "string"))
    @Parameter(
            name = RequestDetails.TAG_HEADER,
            in = ParameterIn.HEADER,
            description = "what the prediction log states of the request: line=3, camera=b",
            schema = @Schema(type = "string"))
    @Parameter(
            name = RequestDetails.KEEP_HEADER,
            in = ParameterIn.HEADER,
            description = "never: no retention policy keeps the image",
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"never"}))
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
        ImagePredictions.Call call =
                predictions.call(name, request.getQueryString(), request::getHeader, details(request));
        if (!BodyCoding.isForm(request.getContentType())) {
            return predictions.predict(call, request.getInputStream(), request.getContentLengthLong());
        }
        Part image = image(request.getParts());
        return predictions.predict(call, image.getInputStream(), image.getSize());
    }

    private static RequestDetails details(HttpServletRequest request) {
        return RequestDetails.of(
                        RequestIds.of(request),
                        Caller.of(request).name(),
                        Collections.list(request.getHeaders(RequestDetails.TAG_HEADER)),
                        request.getHeader(RequestDetails.KEEP_HEADER))
                .tracedAs(RequestSpan.of(request).map(RequestSpan::traceparent));
    }

    /** The only part; whatever else there were, nobody would miss it before it mattered. */
    private static Part image(Collection<Part> parts) {
        Part found = null;
        for (Part part : parts) {
            boolean file = part.getSubmittedFileName() != null || part.getName().equals("file");
            if (!file) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The form's field \"%s\" is unknown. Send the image as the part \"file\", and parameters in the URL."
                                .formatted(part.getName()));
            }
            if (found != null) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The form has more than one file, \"%s\" and \"%s\". Send one image in each request."
                                .formatted(found.getName(), part.getName()));
            }
            found = part;
        }
        if (found == null) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The multipart body has no file part. Send the image as the part \"file\".");
        }
        return found;
    }

    /** The multipart form's only field. */
    @Schema(name = "UploadRequest")
    record Upload(
            @Schema(type = "string", format = "binary") String file) {}
}
