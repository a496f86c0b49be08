package dev.fovea.load;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A serialized HTTP/1.1 request, built once and sent many times.
 *
 * @param bytes request line, headers and body; must not be modified
 */
public record LoadRequest(byte[] bytes) {

    static LoadRequest get(Endpoint endpoint, String path, Map<String, String> headers) {
        return of(endpoint, "GET", path, headers, new byte[0]);
    }

    static LoadRequest post(Endpoint endpoint, String path, Map<String, String> headers, byte[] body) {
        return of(endpoint, "POST", path, headers, body);
    }

    private static LoadRequest of(
            Endpoint endpoint, String method, String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder()
                .append("%s %s%s HTTP/1.1\r\n".formatted(method, endpoint.basePath(), path))
                .append("Host: %s\r\nUser-Agent: fovea-load\r\nAccept: */*\r\n".formatted(endpoint.host()));
        headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
        if (!method.equals("GET")) {
            head.append("Content-Length: %d\r\n".formatted(body.length));
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[first.length + body.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(body, 0, whole, first.length, body.length);
        return new LoadRequest(whole);
    }
}
