package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Image quality measures that a report can sort by.
 *
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param sharpness variance of the Laplacian of the grey image at a longer edge of at most 256 pixels; low means
 *     blurred (Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000)
 * @param brightness mean grey level, 0 to 255
 * @param contrast standard deviation of the grey level, 0 to 127.5
 */
public record ImageQuality(int width, int height, double sharpness, double brightness, double contrast) {

    /** The measures of an image, which stays open. */
    public static ImageQuality of(Image image) {
        try (Mat gray = GrayLevels.shrunk(image)) {
            GrayLevels levels = GrayLevels.of(gray);
            return of(image, levels, levels.histogram());
        }
    }

    static ImageQuality of(Image image, GrayLevels gray, int[] histogram) {
        GrayLevels.Moments level = GrayLevels.moments(histogram);
        double edge = gray.laplacian().deviation();
        return new ImageQuality(image.width(), image.height(), edge * edge, level.mean(), level.deviation());
    }

    /** The shorter edge in pixels. */
    public int shorterEdge() {
        return Math.min(width, height);
    }
}
