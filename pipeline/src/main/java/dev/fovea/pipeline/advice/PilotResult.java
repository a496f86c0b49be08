package dev.fovea.pipeline.advice;

import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What was measured on one's own images.
 *
 * @param contenders each with its accuracy
 * @param images that all of them were judged on
 * @param atHand labelled images in the folder
 * @param classes of the folder
 * @param notes for people
 */
public record PilotResult(List<PilotContender> contenders, int images, int atHand, int classes, List<String> notes) {

    public PilotResult {
        contenders = List.copyOf(contenders);
        notes = List.copyOf(notes);
    }

    /**
     * A contender.
     *
     * @param name as {@code remote:rekognition} or {@code linear probe on efficientnet-lite0}
     * @param way that it stands for
     * @param accuracy at 95 % confidence
     * @param failed images without a response
     * @param milliseconds of an image, the median
     * @param cost of the images, by the service's configured price
     */
    public record PilotContender(
            String name,
            Way way,
            Interval accuracy,
            int failed,
            Optional<Double> milliseconds,
            Optional<String> cost) {}

    /** The most accurate of a way. */
    Optional<PilotContender> best(Way way) {
        return contenders.stream()
                .filter(contender -> contender.way() == way)
                .reduce((one, other) ->
                        other.accuracy().value() > one.accuracy().value() ? other : one);
    }
}
