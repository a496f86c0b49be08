package dev.fovea.edge;

import dev.fovea.fault.ErrorCode;
import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the HTTP server itself refuses, such as bytes that are no HTTP, in the form of all other errors. */
final class ServerErrors extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String id = RequestIds.give(request, response);
        SecurityHeaders.put(response);
        EdgeHandler.write(Problem.of(code(status), status, detail(status, message), id), request, response, callback);
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> ErrorCode.NOT_FOUND;
            case HttpStatus.REQUEST_TIMEOUT_408 -> ErrorCode.DEADLINE_EXCEEDED;
            default -> HttpStatus.isServerError(status) ? ErrorCode.INTERNAL : ErrorCode.ARGUMENT_INVALID;
        };
    }

    /** Messages about requests are shown; those about the server itself go to the log only. */
    private static String detail(int status, @Nullable String message) {
        if (HttpStatus.isServerError(status)) {
            return "The request failed in the server. See its log.";
        }
        return "The request is not one that HTTP knows: %s."
                .formatted(message == null ? HttpStatus.getMessage(status).toLowerCase(Locale.ROOT) : message);
    }
}
