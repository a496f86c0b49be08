package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;

/** Whether a larger model was asked, and what came of it. */
public sealed interface Escalation {

    /** It was not: the model was sure enough, or has no cascade. */
    record None() implements Escalation {}

    /** It answered; {@code agreed} says whether the small model had said the same. */
    record Answered(boolean agreed) implements Escalation {}

    /** It could not answer, and the small model's answer stands. */
    record Failed(ErrorCode code) implements Escalation {}
}
