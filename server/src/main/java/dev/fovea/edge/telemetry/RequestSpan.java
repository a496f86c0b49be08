package dev.fovea.edge.telemetry;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** The span of a sampled request. Any thread may call. */
public interface RequestSpan {

    /** The attribute of a request that has its span. */
    String ATTRIBUTE = RequestSpan.class.getName();

    /** The id of the trace: 32 hexadecimal digits. */
    String traceId();

    /** The id of the span: 16 hexadecimal digits. */
    String spanId();

    /** Ends it, with the status of HTTP. */
    void endHttp(int status);

    /**
     * Ends it, with the status of gRPC.
     *
     * @param failed whether the server is to blame
     */
    void endGrpc(int code, boolean failed);

    /** As the parent of other spans, in the form of the header {@code traceparent} of W3C's Trace Context. */
    default String traceparent() {
        return "00-%s-%s-01".formatted(traceId(), spanId());
    }

    /** The span of a request in front of the framework; empty where it is not sampled. */
    static Optional<RequestSpan> of(Request request) {
        return Optional.ofNullable((RequestSpan) request.getAttribute(ATTRIBUTE));
    }

    /** The span of a request; empty where it is not sampled. */
    static Optional<RequestSpan> of(HttpServletRequest request) {
        return Optional.ofNullable((RequestSpan) request.getAttribute(ATTRIBUTE));
    }
}
