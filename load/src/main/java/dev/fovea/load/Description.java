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

/** What a server says of a model when it is asked, before any load; and JSON in its answers. */
final class Description {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private Description() {}

    /**
     * Asks for it.
     *
     * @throws FoveaException {@code REMOTE_FAILED} when no answer comes or it is no JSON; when the server refuses, its
     *     own code if this program knows it
     */
    static JsonNode read(LoadConnections connections, String path, ApiKey key) {
        String host = connections.endpoint().host();
        LoadReply reply;
        try {
            reply = connections.send(LoadRequest.get(connections.endpoint(), path, key.with(Map.of())), LIMIT);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.REMOTE_FAILED,
                    "%s does not answer (%s). Start the server, or name another with --url."
                            .formatted(host, RequestFailure.of(e)),
                    e);
        }
        if (!reply.isSuccess()) {
            throw refused(host + path, reply);
        }
        return json(reply)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.REMOTE_FAILED,
                        "%s%s answers something else than JSON. Check --url and --protocol.".formatted(host, path)));
    }

    private static FoveaException refused(String address, LoadReply reply) {
        String detail = text(reply, "detail")
                .or(() -> text(reply, "error"))
                .orElse("Check --url, --protocol and the model's name.");
        ErrorCode code = text(reply, "code").flatMap(Description::known).orElse(ErrorCode.REMOTE_FAILED);
        return new FoveaException(code, "%s answers HTTP %d. %s".formatted(address, reply.status(), detail));
    }

    private static Optional<ErrorCode> known(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }

    /** A text field at the top of an answer's JSON, when it is there. */
    static Optional<String> text(LoadReply reply, String field) {
        return json(reply)
                .map(body -> body.path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    private static Optional<JsonNode> json(LoadReply reply) {
        try {
            return Optional.of(JSON.readTree(reply.body()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A name as a part of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
