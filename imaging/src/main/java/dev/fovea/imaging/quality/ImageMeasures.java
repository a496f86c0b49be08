package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.PixelBytes;
import dev.fovea.imaging.preprocess.Grayscale;
import org.bytedeco.opencv.global.opencv_core;
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

    private static final int LONGEST = 256;

    /** The measures of an image, which stays open. */
    public static ImageMeasures of(Image image) {
        double scale = Math.min(1, LONGEST / (double) Math.max(image.width(), image.height()));
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        try (Image sample = sample(image, width, height);
                Mat luma = Grayscale.resized(sample, width, height);
                Mat green = green(sample)) {
            byte[] gray = PixelBytes.copy(luma);
            double blockiness = scale == 1 ? Blockiness.of(gray, width, height) : middle(image);
            return new ImageMeasures(
                    ImageQuality.of(image),
                    Tones.of(gray, PixelBytes.copy(green)),
                    Borders.of(gray, width, height),
                    blockiness);
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

    private static Mat green(Image sample) {
        Mat green = new Mat();
        opencv_core.extractChannel(sample.mat(), green, sample.channels() == 1 ? 0 : 1);
        return green;
    }

    /** The blockiness of the middle at full size. */
    private static double middle(Image image) {
        int width = Math.min(LONGEST, image.width());
        int height = Math.min(LONGEST, image.height());
        try (Rect place = new Rect((image.width() - width) / 2, (image.height() - height) / 2, width, height);
                Mat crop = new Mat(image.mat(), place);
                Image middle = new Image(crop);
                Mat gray = Grayscale.resized(middle, width, height)) {
            return Blockiness.of(PixelBytes.copy(gray), width, height);
        }
    }

    /** Longer edge divided by shorter edge. */
    public double aspect() {
        return Math.max(quality.width(), quality.height()) / (double) quality.shorterEdge();
    }
}
