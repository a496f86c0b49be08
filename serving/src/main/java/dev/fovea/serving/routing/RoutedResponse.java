package dev.fovea.serving.routing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.ServedPrediction;
import java.util.Optional;

/**
 * The response to an image request, with its routing.
 *
 * @param requested the requested model, {@code remote:NAME} for a service
 * @param own the prediction of that model's version, where one ran; another is served after an escalation
 * @param prediction the prediction and the model that served it
 * @param escalation the escalation to a larger model
 * @param fallback the error of the requested model, where its fallback served
 * @param nanos from the request's arrival to its response
 */
public record RoutedResponse(
        String requested,
        Optional<ServedPrediction> own,
        RoutedPrediction prediction,
        Escalation escalation,
        Optional<ErrorCode> fallback,
        long nanos) {

    /** A version's own prediction, without cascade or fallback. */
    public static RoutedResponse of(ServedPrediction prediction, long nanos) {
        return new RoutedResponse(
                prediction.version().model(),
                Optional.of(prediction),
                prediction,
                new Escalation.NotEscalated(),
                Optional.empty(),
                nanos);
    }

    /** The version of the requested model that ran. */
    public Optional<Integer> version() {
        return own.map(prediction -> prediction.version().version());
    }
}
