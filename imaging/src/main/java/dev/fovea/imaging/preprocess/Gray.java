package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Resize.ResizeEngine;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Colour to grey with the luma weights of ITU-R BT.601, in the fixed point of the engine the contract names. */
final class Gray {

    private static final int RED = 19595;
    private static final int GREEN = 38470;
    private static final int BLUE = 7471;
    private static final int HALF = 0x8000;

    private Gray() {}

    /** A new grey Mat from blue-green-red; the caller closes it. */
    static Mat of(Mat bgr, ResizeEngine engine) {
        Mat gray = new Mat(bgr.rows(), bgr.cols(), opencv_core.CV_8UC1);
        switch (engine) {
            case OPENCV -> opencv_imgproc.cvtColor(bgr, gray, opencv_imgproc.COLOR_BGR2GRAY);
            case PILLOW, PILLOW_13 -> PackedPixels.of(bgr).giveTo(pillow(bgr.cols(), PackedPixels.of(gray)));
        }
        return gray;
    }

    /** Pillow's {@code convert("L")}: 16-bit fixed point, rounded. */
    private static PixelRows pillow(int width, PixelRows out) {
        int[] luma = new int[width];
        return (y, bgr) -> {
            for (int x = 0; x < width; x++) {
                int pixel = bgr[x];
                luma[x] =
                        ((pixel & 0xff) * BLUE + (pixel >> 8 & 0xff) * GREEN + (pixel >> 16 & 0xff) * RED + HALF) >> 16;
            }
            out.put(y, luma);
        };
    }
}
