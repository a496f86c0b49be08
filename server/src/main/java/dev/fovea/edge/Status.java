package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import org.springframework.http.HttpStatus;

/** Which HTTP status an error code has; the only place that knows both. */
final class Status {

    private Status() {}

    static HttpStatus of(ErrorCode code) {
        return switch (code.kind()) {
            case BAD_INPUT -> HttpStatus.BAD_REQUEST;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case OVERLOADED -> HttpStatus.TOO_MANY_REQUESTS;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case UNAVAILABLE, UPSTREAM_FAILED -> HttpStatus.SERVICE_UNAVAILABLE;
            case CANCELLED, BAD_CONFIGURATION, FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
