package dev.fovea.evaluation;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An object of an image, matched with the truth at overlap 0.5 as {@link ClassMatches} does.
 *
 * @param kind whether it was found, found wrongly or missed
 * @param label its class
 * @param confidence of the prediction, 0 to 1; 0 for one that was missed
 * @param box in pixels of the upright image; the predicted one, or the true one of an object that was missed
 */
public record DetectedObject(Kind kind, String label, double confidence, Box box) {

    private static final double OVERLAP = 0.5;

    /** How prediction and truth fit together. */
    public enum Kind {
        FOUND,
        FALSE_POSITIVE,
        MISSED
    }

    /** Matches the predictions of one image with what it shows, the most confident first. */
    public static List<DetectedObject> match(List<LabelledBox> truths, List<Detection> found, List<String> labels) {
        List<DetectedObject> objects = new ArrayList<>();
        List<LabelledBox> missing = new ArrayList<>(truths);
        List<Detection> sorted = found.stream()
                .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                .toList();
        for (Detection detection : sorted) {
            boolean isFound = missing.stream()
                    .filter(truth -> truth.label() == detection.label()
                            && detection.box().overlap(truth.box()) >= OVERLAP)
                    .max(Comparator.comparingDouble(truth -> detection.box().overlap(truth.box())))
                    .map(missing::remove)
                    .orElse(false);
            objects.add(new DetectedObject(
                    isFound ? Kind.FOUND : Kind.FALSE_POSITIVE,
                    labels.get(detection.label()),
                    detection.confidence(),
                    detection.box()));
        }
        missing.forEach(
                truth -> objects.add(new DetectedObject(Kind.MISSED, labels.get(truth.label()), 0, truth.box())));
        return objects;
    }
}
