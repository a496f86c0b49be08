package dev.fovea.edge.telemetry;

import java.util.Optional;

/** Begins traces of requests. Called on the requests' threads. */
public interface RequestTracer {

    /** Traces nothing. */
    RequestTracer NONE = request -> Optional.empty();

    /** Begins the span of a request; empty where the request is not sampled. The span is to be ended. */
    Optional<RequestSpan> begin(TracedRequest request);
}
