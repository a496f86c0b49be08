package dev.fovea.inference;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import io.grpc.Status;

/**
 * Which gRPC status an error code has. {@code UNAVAILABLE} stands only for what was not executed: clients send that
 * again by themselves.
 */
final class GrpcStatus {

    private GrpcStatus() {}

    static Status of(FoveaException e) {
        return of(e.code()).withDescription(e.getMessage());
    }

    private static Status of(ErrorCode code) {
        return switch (code.kind()) {
            case BAD_INPUT, TOO_LARGE -> Status.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case NOT_FOUND -> Status.NOT_FOUND;
            case CONFLICT -> Status.FAILED_PRECONDITION;
            case OVERLOADED, UNAVAILABLE -> Status.UNAVAILABLE;
            case TIMEOUT -> Status.DEADLINE_EXCEEDED;
            case CANCELLED -> Status.CANCELLED;
            case UPSTREAM_FAILED, BAD_CONFIGURATION, FAILED -> Status.INTERNAL;
        };
    }
}
