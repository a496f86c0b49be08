package dev.fovea.load;

import java.util.List;
import java.util.Optional;

/** A model behind a server: what is sent to it, and how its refusals read. Immutable. */
public sealed interface LoadTarget permits FoveaTarget, InferenceTarget {

    /** The requests that are sent in turn; at least one. */
    List<LoadRequest> requests();

    /** The error code of an error response: the server's code, else a status such as {@code HTTP 503}. */
    String code(LoadResponse response);

    /** The peak rate of the model on the server, in requests per second, if reported. */
    Optional<Double> peak();
}
