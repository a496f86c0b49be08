package dev.fovea.imaging;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns pixels upright (EXIF 2.32, tag 274: where row 0 and column 0 of the stored image are seen). */
final class Orient {

    private Orient() {}

    /** Applies orientation 1 to 8 in place; for 5 to 8 the edges swap. */
    static void apply(Mat pixels, int orientation) {
        switch (orientation) {
            case 2 -> opencv_core.flip(pixels, pixels, 1);
            case 3 -> opencv_core.rotate(pixels, pixels, opencv_core.ROTATE_180);
            case 4 -> opencv_core.flip(pixels, pixels, 0);
            case 5 -> opencv_core.transpose(pixels, pixels);
            case 6 -> opencv_core.rotate(pixels, pixels, opencv_core.ROTATE_90_CLOCKWISE);
            case 7 -> {
                opencv_core.transpose(pixels, pixels);
                opencv_core.rotate(pixels, pixels, opencv_core.ROTATE_180);
            }
            case 8 -> opencv_core.rotate(pixels, pixels, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
            default -> {
                // 1: as stored
            }
        }
    }

    /** Whether the edges swap. */
    static boolean swapsEdges(int orientation) {
        return orientation >= 5;
    }
}
