package dev.fovea.datasets.annotation;

/**
 * A named point of an object.
 *
 * @param name of the point, such as {@code left-eye}; empty where a format only numbers them
 * @param x pixels of the upright image
 * @param y pixels of the upright image
 * @param visibility as COCO numbers it
 */
public record Keypoint(String name, double x, double y, Visibility visibility) {

    /** COCO's {@code v}: 0, 1, 2. */
    public enum Visibility {
        UNLABELLED,
        HIDDEN,
        VISIBLE
    }

    public Keypoint {
        Shape.requireFinite("keypoint", x, y);
    }
}
