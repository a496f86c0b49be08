package dev.fovea.inference;

import dev.fovea.edge.Caller;
import dev.fovea.edge.telemetry.RequestSpan;
import dev.fovea.serving.RequestDetails;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What the headers of a request in front of the framework say for the prediction log. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /**
     * The details of a request.
     *
     * @param id of the request
     * @throws dev.fovea.fault.FoveaException {@code ARGUMENT_INVALID} for a header that is not understood
     */
    public static RequestDetails details(Request request, String id) {
        return RequestDetails.of(
                        id,
                        Caller.of(request).name(),
                        request.getHeaders().getValuesList(RequestDetails.TAG_HEADER),
                        request.getHeaders().get(RequestDetails.KEEP_HEADER))
                .keyed(Optional.ofNullable(request.getHeaders().get(RequestDetails.KEY_HEADER)))
                .tracedAs(RequestSpan.of(request).map(RequestSpan::traceparent));
    }
}
