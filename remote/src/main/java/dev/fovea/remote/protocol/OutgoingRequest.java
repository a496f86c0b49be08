package dev.fovea.remote.protocol;

import java.net.URI;
import java.util.Map;

/**
 * A POST to a service.
 *
 * @param headers all but Host and Content-Length, credentials among them
 */
public record OutgoingRequest(URI address, Map<String, String> headers, byte[] body) {

    public OutgoingRequest {
        headers = Map.copyOf(headers);
    }

    /** Hides the headers. */
    @Override
    public String toString() {
        return "Outgoing[%s, %d bytes]".formatted(address, body.length);
    }
}
