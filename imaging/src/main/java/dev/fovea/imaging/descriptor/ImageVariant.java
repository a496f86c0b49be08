package dev.fovea.imaging.descriptor;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * What happens to an image that stays the same image. The similarity between images and their variants says from which
 * similarity on two images are near duplicates for an embedding. A mirrored image is none of them.
 */
public enum ImageVariant {
    /** Saved as JPEG of quality 40. */
    REENCODED,
    /** At 0.7 of its size. */
    RESIZED,
    /** Without 5 % of its width and height, cut at the left and the top. */
    CROPPED,
    /** 15 % brighter. */
    BRIGHTER,
    /** 15 % darker. */
    DARKER;

    private static final int GOOD = 95;
    private static final int POOR = 40;
    private static final double SMALLER = 0.7;
    private static final double CUT = 0.05;
    private static final double LIGHT = 0.15;

    /** The variant of an image, which stays open, as a JPEG file. */
    public byte[] jpeg(Image image) {
        return switch (this) {
            case REENCODED -> new ImageWriter().jpeg(image, POOR);
            case RESIZED -> resized(image);
            case CROPPED -> cropped(image);
            case BRIGHTER -> scaled(image, 1 + LIGHT);
            case DARKER -> scaled(image, 1 - LIGHT);
        };
    }

    private static byte[] resized(Image image) {
        Mat small = new Mat();
        int width = Math.max(1, (int) Math.rint(SMALLER * image.width()));
        int height = Math.max(1, (int) Math.rint(SMALLER * image.height()));
        try (Size size = new Size(width, height)) {
            opencv_imgproc.resize(image.mat(), small, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        return written(small);
    }

    private static byte[] cropped(Image image) {
        int left = (int) Math.rint(CUT * image.width());
        int top = (int) Math.rint(CUT * image.height());
        try (Rect kept = new Rect(left, top, image.width() - left, image.height() - top);
                Mat view = new Mat(image.mat(), kept)) {
            return written(view.clone());
        }
    }

    private static byte[] scaled(Image image, double factor) {
        Mat scaled = new Mat();
        image.mat().convertTo(scaled, -1, factor, 0);
        return written(scaled);
    }

    private static byte[] written(Mat pixels) {
        try (Image image = new Image(pixels)) {
            return new ImageWriter().jpeg(image, GOOD);
        }
    }
}
