package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.Cascade;
import dev.fovea.serving.PredictionRequest;

/** Is called after cascades, fallbacks and responses, on the request's thread; must not block. */
public interface RoutingListener {

    /** A model with a cascade responded, with this escalation. */
    void cascaded(String model, Cascade cascade, Escalation escalation);

    /** A fallback served the request because the model failed with this error. */
    void fellBack(String model, ErrorCode reason);

    /** An image request has its response. */
    default void responded(PredictionRequest request, RoutedResponse response) {}
}
