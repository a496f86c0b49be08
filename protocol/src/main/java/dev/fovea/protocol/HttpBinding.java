package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the protocol's parts stand in HTTP: paths, and the header of the binary tensor extension. */
public final class HttpBinding {

    /** The header with the length of the JSON in bytes, if tensors follow. */
    public static final String JSON_LENGTH = "Inference-Header-Content-Length";

    /** The content type of a body with tensors behind its JSON. */
    public static final String BINARY = "application/octet-stream";

    private HttpBinding() {}

    /** A model's path, as {@code /v2/models/NAME/versions/VERSION}. */
    public static String path(String model, Optional<String> version) {
        return "/v2/models/" + segment(model)
                + version.map(number -> "/versions/" + segment(number)).orElse("");
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The header's value; {@code ARGUMENT_INVALID} when it is no number of bytes. */
    public static OptionalInt jsonLength(Optional<String> header) {
        if (header.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int length = Integer.parseInt(header.get().strip());
            if (length >= 0) {
                return OptionalInt.of(length);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "The header %s is \"%s\"; it must be the number of bytes of JSON."
                        .formatted(JSON_LENGTH, header.get()));
    }
}
