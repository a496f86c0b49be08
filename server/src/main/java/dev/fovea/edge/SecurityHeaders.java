package dev.fovea.edge;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;

/**
 * Lets browsers run only the console's own scripts, show it in no other page's frame and take types as they are. Inline
 * styles are allowed because the console sets sizes and colours of charts in them; blobs are images that a person
 * dropped.
 */
final class SecurityHeaders {

    static final String POLICY = "default-src 'self'; img-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final HttpField CONTENT = new PreEncodedHttpField("Content-Security-Policy", POLICY);
    private static final HttpField TYPES = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

    private SecurityHeaders() {}

    static void put(Response response) {
        response.getHeaders().put(CONTENT);
        response.getHeaders().put(TYPES);
    }
}
