package dev.fovea.evaluation;

import dev.fovea.evaluation.detection.ClassMatches;
import dev.fovea.evaluation.detection.ImageDetections;
import java.util.ArrayList;
import java.util.List;

/** A prediction against the truth, for one image. */
public sealed interface ImageResult {

    /** Whether nothing about it is wrong. */
    boolean correct();

    /**
     * One label.
     *
     * @param truth the label that the image shows
     * @param predicted the label that was predicted
     * @param confidence of the prediction, 0 to 1, after temperature scaling
     */
    record Classified(String truth, String predicted, double confidence) implements ImageResult {
        @Override
        public boolean correct() {
            return truth.equals(predicted);
        }
    }

    /**
     * Objects.
     *
     * @param width of the upright image, in pixels; boxes use the same unit
     * @param height of the upright image, in pixels
     * @param objects true positives, false positives and missed objects at the version's threshold
     * @param detections all detections for average precision, down to the lowest score
     */
    record Detected(int width, int height, List<DetectedObject> objects, List<ClassDetections> detections)
            implements ImageResult {
        public Detected {
            objects = List.copyOf(objects);
            detections = List.copyOf(detections);
        }

        @Override
        public boolean correct() {
            return objects.stream().allMatch(object -> object.kind() == DetectedObject.MatchOutcome.FOUND);
        }
    }

    /**
     * The detections of one class in one image that count, as right or wrong.
     *
     * @param label the class
     * @param confidences {@code [D]}, 0 to 1, descending
     * @param hits {@code [D]}, whether each found an object at overlap 0.5 that no surer detection found
     */
    record ClassDetections(String label, List<Double> confidences, List<Boolean> hits) {
        public ClassDetections {
            confidences = List.copyOf(confidences);
            hits = List.copyOf(hits);
        }

        /** All of an image, one of each class that was detected, in label order. */
        public static List<ClassDetections> of(ImageDetections image, List<String> labels) {
            List<ClassDetections> all = new ArrayList<>();
            for (int label = 0; label < labels.size(); label++) {
                ClassMatches matches = ClassMatches.of(label, List.of(image));
                List<Double> confidences = new ArrayList<>();
                List<Boolean> hits = new ArrayList<>();
                for (int d = 0; d < matches.images().length; d++) {
                    if (matches.counts()[0][d]) {
                        confidences.add(matches.scores()[d]);
                        hits.add(matches.hits()[0][d]);
                    }
                }
                if (!hits.isEmpty()) {
                    all.add(new ClassDetections(labels.get(label), confidences, hits));
                }
            }
            return all;
        }
    }

    /**
     * Any number of labels.
     *
     * @param truth labels that the image shows, in alphabetical order
     * @param predicted labels that apply at the threshold, in alphabetical order
     */
    record Tagged(List<String> truth, List<String> predicted) implements ImageResult {
        public Tagged {
            truth = List.copyOf(truth);
            predicted = List.copyOf(predicted);
        }

        @Override
        public boolean correct() {
            return truth.equals(predicted);
        }
    }

    /**
     * An image that could not be predicted.
     *
     * @param truth the label that it shows; empty for a detector
     * @param code why
     * @param message the reason in words
     */
    record FailedPrediction(String truth, String code, String message) implements ImageResult {
        @Override
        public boolean correct() {
            return false;
        }
    }
}
