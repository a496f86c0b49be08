package dev.fovea.imaging;

/**
 * A point in continuous pixel coordinates: the pixel in column {@code i} covers {@code i} to {@code i + 1}; its centre
 * is at {@code i + 0.5}.
 *
 * @param x to the right, pixels
 * @param y downwards, pixels
 */
public record Point(float x, float y) {

    public Point {
        if (!Float.isFinite(x) || !Float.isFinite(y)) {
            throw new IllegalArgumentException("point (%s, %s) is not finite".formatted(x, y));
        }
    }
}
