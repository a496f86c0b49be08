package dev.fovea.evaluation;

import java.util.Optional;

/**
 * Which images of an evaluation to list; what is not stated matches all.
 *
 * @param truth the label that the image shows; for a detector, of an object that was found or missed
 * @param predicted the label that was predicted; for a detector, of an object that was found, rightly or wrongly
 * @param correct whether nothing about the image is wrong
 * @param object for a detector, an object of this kind, with the labels above where they are stated
 */
public record ImageFilter(
        Optional<String> truth,
        Optional<String> predicted,
        Optional<Boolean> correct,
        Optional<DetectedObject.MatchOutcome> object) {

    /** Everything. */
    public static final ImageFilter ALL =
            new ImageFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether an image is to be listed. */
    public boolean matches(ImageResult result) {
        if (correct.isPresent() && correct.orElseThrow() != result.correct()) {
            return false;
        }
        return switch (result) {
            case ImageResult.Classified classified ->
                object.isEmpty()
                        && isOrUnstated(truth, classified.truth())
                        && isOrUnstated(predicted, classified.predicted());
            case ImageResult.Detected detected ->
                isUnstated() || detected.objects().stream().anyMatch(this::matches);
            case ImageResult.Tagged tagged ->
                object.isEmpty()
                        && (truth.isEmpty() || tagged.truth().contains(truth.orElseThrow()))
                        && (predicted.isEmpty() || tagged.predicted().contains(predicted.orElseThrow()));
            case ImageResult.FailedPrediction failed ->
                object.isEmpty() && predicted.isEmpty() && isOrUnstated(truth, failed.truth());
        };
    }

    private boolean matches(DetectedObject one) {
        return (object.isEmpty() || object.orElseThrow() == one.kind())
                && (truth.isEmpty()
                        || (one.kind() != DetectedObject.MatchOutcome.FALSE_POSITIVE
                                && isOrUnstated(truth, one.label())))
                && (predicted.isEmpty()
                        || (one.kind() != DetectedObject.MatchOutcome.MISSED && isOrUnstated(predicted, one.label())));
    }

    private boolean isUnstated() {
        return truth.isEmpty() && predicted.isEmpty() && object.isEmpty();
    }

    private static boolean isOrUnstated(Optional<String> stated, String label) {
        return stated.isEmpty() || stated.orElseThrow().equals(label);
    }
}
