package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import java.util.Optional;

/**
 * The answer to an image with all that led to it.
 *
 * @param asked the model that was asked for, {@code remote:NAME} for a service
 * @param version of that model, where one of its versions looked at the image
 * @param given what was answered, by whom
 * @param escalation whether a larger model was asked
 * @param fallback why the model that was asked for could not answer, where something else stands in
 * @param nanos from the request's arrival to its answer
 */
public record RoutedResponse(
        String asked,
        Optional<Integer> version,
        RoutedPrediction given,
        Escalation escalation,
        Optional<ErrorCode> fallback,
        long nanos) {

    /** A version's own answer, with nobody's help. */
    public static RoutedResponse of(ServedPrediction answer, long nanos) {
        return new RoutedResponse(
                answer.version().model(),
                Optional.of(answer.version().version()),
                answer,
                new Escalation.None(),
                Optional.empty(),
                nanos);
    }
}
