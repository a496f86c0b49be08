package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;

/** The escalation of a request to a larger model. */
public sealed interface Escalation {

    /** No escalation: the confidence reached the threshold, or there is no cascade. */
    record NotEscalated() implements Escalation {}

    /** The larger model responded; {@code agreed} is whether both models predicted the same label. */
    record Escalated(boolean agreed) implements Escalation {}

    /** The larger model failed; the small model's prediction is served. */
    record EscalationFailed(ErrorCode code) implements Escalation {}
}
