package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.RunningMean;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All images of an evaluation with prediction or failure, from which reports and comparisons are computed.
 *
 * @param labels K names in the order of the logits
 * @param scored images with a prediction, in input order
 * @param failed rejected images, in input order
 */
public record ScoredImages(List<String> labels, List<Scored> scored, List<FailedImage> failed) {

    /** Checks that truths and logits fit the labels. */
    public ScoredImages {
        labels = List.copyOf(labels);
        scored = List.copyOf(scored);
        failed = List.copyOf(failed);
        for (Scored one : scored) {
            if (one.truth() < 0 || one.truth() >= labels.size()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "Image %s has label %d, but there are %d labels. Use 0 to %d."
                                .formatted(one.image(), one.truth(), labels.size(), labels.size() - 1));
            }
            if (one.logits().length != labels.size()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "The model gave %d values for image %s, but there are %d labels. Give as many labels as the model has outputs."
                                .formatted(one.logits().length, one.image(), labels.size()));
            }
        }
    }

    /** From outcomes in the order of the images. */
    public static ScoredImages of(List<String> labels, List<ImageOutcome> outcomes) {
        return new ScoredImages(
                labels,
                outcomes.stream()
                        .filter(Scored.class::isInstance)
                        .map(Scored.class::cast)
                        .toList(),
                outcomes.stream()
                        .filter(FailedImage.class::isInstance)
                        .map(FailedImage.class::cast)
                        .toList());
    }

    /** The confidence of the predicted labels, as served at this temperature. */
    public RunningMean confidence(double temperature) {
        return RunningMean.of(
                scored.stream().mapToDouble(one -> one.confidence(temperature)).toArray());
    }

    /** Confusion matrix of predictions and truths. */
    public ConfusionMatrix confusion() {
        return ConfusionMatrix.tally(
                labels.size(),
                scored.stream().mapToInt(Scored::truth).toArray(),
                scored.stream().mapToInt(Scored::prediction).toArray());
    }

    /** Number of failed images, by error code. */
    public SortedMap<ErrorCode, Integer> failures() {
        SortedMap<ErrorCode, Integer> failures = new TreeMap<>();
        failed.forEach(image -> failures.merge(image.code(), 1, Integer::sum));
        return failures;
    }
}
