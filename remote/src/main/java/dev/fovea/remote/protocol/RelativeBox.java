package dev.fovea.remote.protocol;

/**
 * A rectangle as shares of the image's width and height, counted from the upper left corner of the image as it is to be
 * seen. It lies within the image: {@code left + width} and {@code top + height} are at most 1.
 *
 * @param left in [0, 1]
 * @param top in [0, 1]
 * @param width in [0, 1]
 * @param height in [0, 1]
 */
public record RelativeBox(double left, double top, double width, double height) {

    /** The part within the image of a rectangle between two corners; services let boxes stand out of the frame. */
    static RelativeBox between(double left, double top, double right, double bottom) {
        double x = Math.clamp(left, 0, 1);
        double y = Math.clamp(top, 0, 1);
        return new RelativeBox(x, y, Math.clamp(right, x, 1) - x, Math.clamp(bottom, y, 1) - y);
    }
}
