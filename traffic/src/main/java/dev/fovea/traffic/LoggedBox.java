package dev.fovea.traffic;

/**
 * An object of a prediction. The box is in shares of the upright image, so that images of all sizes compare.
 *
 * @param score the confidence, 0 to 1
 * @param x left edge, 0 to 1 of the width
 * @param y upper edge, 0 to 1 of the height
 * @param width 0 to 1
 * @param height 0 to 1
 */
public record LoggedBox(String label, float score, float x, float y, float width, float height) {

    /** The share of the image that the box covers. */
    public float area() {
        return width * height;
    }
}
