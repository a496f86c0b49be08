package dev.fovea.edge.telemetry;

import java.util.Map;

/** A request over HTTP, as its error response and the log name it. */
public record FailedRequest(String id, String method, String path) implements FailureLog.Subject {

    @Override
    public String text() {
        return "%s %s %s".formatted(id, method, path);
    }

    @Override
    public Map<String, String> pairs() {
        return Map.of("request_id", id, "http_method", method, "path", path);
    }
}
