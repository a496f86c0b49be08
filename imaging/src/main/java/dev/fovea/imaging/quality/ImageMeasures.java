package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.Grayscale;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Everything that is measured of an image's pixels when it comes into a data set.
 *
 * @param quality size, sharpness, brightness and contrast
 * @param tones measures of the grey levels
 * @param borders bands of one colour along the edges
 * @param blockiness steps at JPEG's block edges relative to those elsewhere; 1 means no blocks
 */
public record ImageMeasures(ImageQuality quality, Tones tones, Borders borders, double blockiness) {

    /** The measures of an image, which stays open. */
    public static ImageMeasures of(Image image) {
        try (Mat shrunk = GrayLevels.shrunk(image)) {
            return of(image, GrayLevels.of(shrunk));
        }
    }

    static ImageMeasures of(Image image, GrayLevels gray) {
        int[] histogram = gray.histogram();
        ImageQuality quality = ImageQuality.of(image, gray, histogram);
        if (GrayLevels.scale(image) == 1) {
            return new ImageMeasures(
                    quality,
                    Tones.of(histogram, GrayLevels.greenHistogram(image)),
                    Borders.of(gray),
                    Blockiness.of(gray));
        }
        try (Image sample = sample(image, gray.width(), gray.height());
                Mat luma = Grayscale.resized(sample, gray.width(), gray.height())) {
            GrayLevels levels = GrayLevels.of(luma);
            return new ImageMeasures(
                    quality,
                    Tones.of(levels.histogram(), GrayLevels.greenHistogram(sample)),
                    Borders.of(levels),
                    middle(image));
        }
    }

    /** Single pixels without averaging, so that their levels are those of the image. */
    private static Image sample(Image image, int width, int height) {
        Mat small = new Mat();
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(image.mat(), small, size, 0, 0, opencv_imgproc.INTER_NEAREST);
            return new Image(small);
        }
    }

    /** The blockiness of the middle at full size. */
    private static double middle(Image image) {
        int width = Math.min(GrayLevels.LONGEST, image.width());
        int height = Math.min(GrayLevels.LONGEST, image.height());
        try (Rect place = new Rect((image.width() - width) / 2, (image.height() - height) / 2, width, height);
                Mat crop = new Mat(image.mat(), place);
                Image middle = new Image(crop);
                Mat gray = Grayscale.resized(middle, width, height)) {
            return Blockiness.of(GrayLevels.of(gray));
        }
    }

    /** Longer edge divided by shorter edge. */
    public double aspect() {
        return Math.max(quality.width(), quality.height()) / (double) quality.shorterEdge();
    }
}
