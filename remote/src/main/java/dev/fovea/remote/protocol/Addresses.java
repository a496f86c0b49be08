package dev.fovea.remote.protocol;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of services. */
final class Addresses {

    private Addresses() {}

    /** An address below a service's endpoint, with one slash between them. */
    static URI below(URI endpoint, String path) {
        return URI.create(endpoint.toString().replaceAll("/+$", "") + "/" + path);
    }

    /** A name as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
