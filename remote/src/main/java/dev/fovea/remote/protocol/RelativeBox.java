package dev.fovea.remote.protocol;

/**
 * A rectangle as shares of the image's width and height, from the upper left corner of the upright image. It lies
 * within the image: {@code left + width} and {@code top + height} are at most 1.
 *
 * @param left in [0, 1]
 * @param top in [0, 1]
 * @param width in [0, 1]
 * @param height in [0, 1]
 */
public record RelativeBox(double left, double top, double width, double height) {

    /** The part within the image of a rectangle between two corners; services return boxes that extend past it. */
    static RelativeBox between(double left, double top, double right, double bottom) {
        double x = Math.clamp(left, 0, 1);
        double y = Math.clamp(top, 0, 1);
        return new RelativeBox(x, y, Math.clamp(right, x, 1) - x, Math.clamp(bottom, y, 1) - y);
    }
}
