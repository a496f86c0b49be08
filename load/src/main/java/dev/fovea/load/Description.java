package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's description of a model, read before the load starts, and the JSON of its responses. */
final class Description {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private Description() {}

    /**
     * Requests it.
     *
     * @throws FoveaException {@code REMOTE_FAILED} without a response or valid JSON; otherwise the server's error code,
     *     if known
     */
    static JsonNode read(LoadConnections connections, String path, ApiKey key) {
        String host = connections.endpoint().host();
        LoadResponse response;
        try {
            response = connections.send(LoadRequest.get(connections.endpoint(), path, key.with(Map.of())), LIMIT);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.REMOTE_FAILED,
                    "%s does not respond (%s). Start the server, or give another with --url."
                            .formatted(host, RequestFailure.of(e)),
                    e);
        }
        if (!response.isSuccess()) {
            throw refused(host + path, response);
        }
        return json(response)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.REMOTE_FAILED,
                        "%s%s does not return JSON. Check --url and --protocol.".formatted(host, path)));
    }

    private static FoveaException refused(String address, LoadResponse response) {
        String detail = text(response, "detail")
                .or(() -> text(response, "error"))
                .orElse("Check --url, --protocol and the model's name.");
        ErrorCode code = text(response, "code").flatMap(Description::known).orElse(ErrorCode.REMOTE_FAILED);
        return new FoveaException(code, "%s returns HTTP %d. %s".formatted(address, response.status(), detail));
    }

    private static Optional<ErrorCode> known(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }

    /** A top-level string of a response's JSON, if present. */
    static Optional<String> text(LoadResponse response, String field) {
        return json(response)
                .map(body -> body.path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    private static Optional<JsonNode> json(LoadResponse response) {
        try {
            return Optional.of(JSON.readTree(response.body()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A name as a part of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
