package dev.fovea.evaluation;

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
     * @param width of the upright image, in pixels, in which boxes are given
     * @param height of the upright image, in pixels
     * @param objects found, found wrongly, and missed
     */
    record Detected(int width, int height, List<DetectedObject> objects) implements ImageResult {
        public Detected {
            objects = List.copyOf(objects);
        }

        @Override
        public boolean correct() {
            return objects.stream().allMatch(object -> object.kind() == DetectedObject.Kind.FOUND);
        }
    }

    /**
     * An image that could not be predicted.
     *
     * @param truth the label that it shows; empty for a detector
     * @param code why
     * @param message the reason in words
     */
    record Failed(String truth, String code, String message) implements ImageResult {
        @Override
        public boolean correct() {
            return false;
        }
    }
}
