package dev.fovea.load;

import java.util.List;
import java.util.Optional;

/** A model behind a server: what is sent to it, and how its refusals read. Immutable. */
public sealed interface LoadTarget permits FoveaTarget, InferenceTarget {

    /** The requests that are sent in turn; at least one. */
    List<LoadRequest> requests();

    /** What to count an answer under that is none: a code of the server's own, else {@code HTTP 503}. */
    String code(LoadReply reply);

    /** The highest rate that the server has seen of the model, in requests per second, where it says one. */
    Optional<Double> peak();
}
