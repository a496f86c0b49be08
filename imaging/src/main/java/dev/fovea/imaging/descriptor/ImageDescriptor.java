package dev.fovea.imaging.descriptor;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.PixelBytes;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.preprocess.Transparency;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A fixed descriptor: {@value #LENGTH} floats of length 1 that need no model. Similar images have a large dot product.
 * It serves near duplicates, outliers and grids of look-alikes where the registry has no classifier.
 *
 * <p>Three parts of the upright image at 128 × 128 pixels, stretched: moments of colour in 4 × 4 cells (weight 0.4),
 * histograms of gradients in 4 × 4 cells (1), and local binary patterns at two scales (1.5 each). The weights were
 * chosen on the data below among a dozen.
 *
 * <p>Measured by 5 nearest neighbours by cosine, mean of 5 splits of 80 to 20: 0.919 on neu-det (6 classes of steel
 * surfaces) and 0.582 on flowers5 (5 classes), against 0.971 and 0.649 by the 512 pooled features of SqueezeNet 1.1. It
 * takes about 0.7 ms of one core.
 */
public final class ImageDescriptor {

    /** Number of floats. */
    public static final int LENGTH = ColorMoments.LENGTH + GradientHistograms.LENGTH + 2 * BinaryPatterns.LENGTH;

    /** Changes when the same image gets other numbers. */
    public static final int VERSION = 1;

    private static final int EDGE = 128;
    private static final float COLOR = 0.4f;
    private static final float GRADIENTS = 1;
    private static final float PATTERNS = 1.5f;

    private ImageDescriptor() {}

    /** The descriptor of an image, which stays open. Native work, for a platform thread. */
    public static float[] of(Image image) {
        try (Mat color = opaque(image);
                Mat small = new Mat();
                Mat gray = new Mat();
                Mat half = new Mat();
                Size size = new Size(EDGE, EDGE);
                Size halfSize = new Size(EDGE / 2, EDGE / 2)) {
            opencv_imgproc.resize(color, small, size, 0, 0, opencv_imgproc.INTER_AREA);
            opencv_imgproc.cvtColor(small, gray, opencv_imgproc.COLOR_BGR2GRAY);
            opencv_imgproc.resize(gray, half, halfSize, 0, 0, opencv_imgproc.INTER_AREA);
            byte[] levels = PixelBytes.copy(gray);
            float[] descriptor = new float[LENGTH];
            int at = put(descriptor, 0, ColorMoments.of(PixelBytes.copy(small), EDGE), COLOR);
            at = put(descriptor, at, GradientHistograms.of(levels, EDGE), GRADIENTS);
            at = put(descriptor, at, BinaryPatterns.of(levels, EDGE, EDGE), PATTERNS);
            put(descriptor, at, BinaryPatterns.of(PixelBytes.copy(half), EDGE / 2, EDGE / 2), PATTERNS);
            Vectors.normalize(descriptor);
            return descriptor;
        }
    }

    private static Mat opaque(Image image) {
        return switch (image.channels()) {
            case 4 -> Transparency.settle(image.mat(), Alpha.WHITE);
            case 1 -> {
                Mat color = new Mat();
                opencv_imgproc.cvtColor(image.mat(), color, opencv_imgproc.COLOR_GRAY2BGR);
                yield color;
            }
            default -> new Mat(image.mat());
        };
    }

    private static int put(float[] descriptor, int at, float[] part, float weight) {
        for (int i = 0; i < part.length; i++) {
            descriptor[at + i] = part[i] * weight;
        }
        return at + part.length;
    }

    /** The descriptor of the image mirrored left to right, by rearranging the numbers; exact but for rounding. */
    public static float[] mirrored(float[] descriptor) {
        float[] mirrored = new float[LENGTH];
        ColorMoments.mirror(descriptor, mirrored, 0);
        GradientHistograms.mirror(descriptor, mirrored, ColorMoments.LENGTH);
        BinaryPatterns.mirror(descriptor, mirrored, ColorMoments.LENGTH + GradientHistograms.LENGTH);
        BinaryPatterns.mirror(
                descriptor, mirrored, ColorMoments.LENGTH + GradientHistograms.LENGTH + BinaryPatterns.LENGTH);
        return mirrored;
    }
}
