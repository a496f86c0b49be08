package dev.fovea.remote;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** A service's whole answer. */
record HttpReply(int status, HttpHeaders headers, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
