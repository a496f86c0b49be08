package dev.fovea.remote.protocol;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** A service's whole HTTP response. */
public record ServiceResponse(int status, HttpHeaders headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
