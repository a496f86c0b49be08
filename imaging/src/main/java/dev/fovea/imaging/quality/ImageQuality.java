package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.Grayscale;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
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

    private static final int LONGEST = 256;

    /** The measures of an image, which stays open. */
    public static ImageQuality of(Image image) {
        double scale = Math.min(1, LONGEST / (double) Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        try (Mat gray = Grayscale.resized(image, width, height);
                Mat edges = new Mat()) {
            opencv_imgproc.Laplacian(gray, edges, opencv_core.CV_32F);
            Moments level = Moments.of(gray);
            double edge = Moments.of(edges).deviation();
            return new ImageQuality(image.width(), image.height(), edge * edge, level.mean(), level.deviation());
        }
    }

    /** The shorter edge in pixels. */
    public int shorterEdge() {
        return Math.min(width, height);
    }

    private record Moments(double mean, double deviation) {
        static Moments of(Mat mat) {
            try (Mat mean = new Mat();
                    Mat deviation = new Mat()) {
                opencv_core.meanStdDev(mat, mean, deviation);
                return new Moments(mean.data().getDouble(), deviation.data().getDouble());
            }
        }
    }
}
