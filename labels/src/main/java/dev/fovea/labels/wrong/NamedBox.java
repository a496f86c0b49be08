package dev.fovea.labels.wrong;

import dev.fovea.datasets.annotation.Shape.BoxShape;

/**
 * An object's class and box.
 *
 * @param label the class
 * @param x left edge, in pixels of the upright image
 * @param y upper edge
 */
public record NamedBox(String label, double x, double y, double width, double height) {

    /** A box of a class. */
    public static NamedBox around(String label, BoxShape box) {
        return new NamedBox(label, box.x(), box.y(), box.width(), box.height());
    }

    /** Intersection over union with another box, in [0, 1]; the classes do not matter. */
    public double overlap(NamedBox other) {
        double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        double shared = across * down;
        return shared / (width * height + other.width * other.height - shared);
    }
}
