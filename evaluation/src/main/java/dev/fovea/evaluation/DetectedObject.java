package dev.fovea.evaluation;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.detection.BoxMatching;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An object of an image, matched with the truth at overlap 0.5 as {@link BoxMatching} does.
 *
 * @param kind whether it was found, found wrongly or missed
 * @param label its class
 * @param confidence of the prediction, 0 to 1; 0 for one that was missed
 * @param box in pixels of the upright image; the predicted one, or the true one of an object that was missed
 */
public record DetectedObject(MatchOutcome kind, String label, double confidence, Box box) {

    private static final double OVERLAP = 0.5;

    /** How prediction and truth fit together. */
    public enum MatchOutcome {
        FOUND,
        FALSE_POSITIVE,
        MISSED
    }

    /**
     * Matches the detections of one image to its ground truth, in descending confidence. Detections that match an
     * ignored region are dropped.
     *
     * @param minConfidence minimum confidence
     */
    public static List<DetectedObject> match(ImageDetections image, List<String> labels, double minConfidence) {
        List<Detection> sorted = image.found().stream()
                .filter(detection -> detection.confidence() >= minConfidence)
                .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                .toList();
        int[] matches = BoxMatching.of(sorted, image.truths(), image.ignored(), OVERLAP);
        List<DetectedObject> objects = new ArrayList<>();
        for (int d = 0; d < matches.length; d++) {
            if (matches[d] != BoxMatching.IGNORED) {
                Detection detection = sorted.get(d);
                objects.add(new DetectedObject(
                        matches[d] >= 0 ? MatchOutcome.FOUND : MatchOutcome.FALSE_POSITIVE,
                        labels.get(detection.label()),
                        detection.confidence(),
                        detection.box()));
            }
        }
        boolean[] found = BoxMatching.found(matches, image.truths().size());
        for (int g = 0; g < found.length; g++) {
            if (!found[g]) {
                LabelledBox truth = image.truths().get(g);
                objects.add(new DetectedObject(MatchOutcome.MISSED, labels.get(truth.label()), 0, truth.box()));
            }
        }
        return objects;
    }
}
