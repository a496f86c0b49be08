package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.Cascade;

/** Hears of what cascades and fallbacks do, on the request's thread; must not block. */
public interface RoutingListener {

    /** A model with a cascade gave an answer; the escalation says what became of it. */
    void cascaded(String model, Cascade cascade, Escalation escalation);

    /** Something else stood in for a model that could not answer for this reason. */
    void fellBack(String model, ErrorCode reason);
}
