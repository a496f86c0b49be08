package dev.fovea.statistics.labelerrors;

import dev.fovea.statistics.Require;

/**
 * An object's class and box, in any unit of length.
 *
 * @param label not negative
 * @param x left edge
 * @param y upper edge
 * @param width positive
 * @param height positive
 */
public record ClassBox(int label, double x, double y, double width, double height) {

    public ClassBox {
        Require.that(label >= 0, "The class is %d; it must not be negative.", label);
        Require.that(
                Double.isFinite(x)
                        && Double.isFinite(y)
                        && width > 0
                        && height > 0
                        && Double.isFinite(width)
                        && Double.isFinite(height),
                "The box %s, %s, %s × %s has no area.",
                x,
                y,
                width,
                height);
    }

    /** Intersection over union with another box, in [0, 1]. */
    public double overlap(ClassBox other) {
        double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        double shared = across * down;
        return Math.min(1, shared / (width * height + other.width * other.height - shared));
    }
}
