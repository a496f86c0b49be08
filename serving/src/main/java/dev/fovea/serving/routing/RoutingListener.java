package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.Cascade;

/** Is called after cascades and fallbacks, on the request's thread; must not block. */
public interface RoutingListener {

    /** A model with a cascade responded, with this escalation. */
    void cascaded(String model, Cascade cascade, Escalation escalation);

    /** A fallback served the request because the model failed with this error. */
    void fellBack(String model, ErrorCode reason);
}
