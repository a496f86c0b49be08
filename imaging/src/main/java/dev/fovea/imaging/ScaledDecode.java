package dev.fovea.imaging;

import org.bytedeco.opencv.global.opencv_imgcodecs;

/**
 * Chooses at which fraction of its size a JPEG is decoded (libjpeg scales inside the inverse cosine transform, which saves most
 * of the work). The fraction is the smallest that leaves both edges at least twice what the resize needs, so that the resize
 * still averages.
 */
final class ScaledDecode {

    private static final int LEAST_OVERSAMPLING = 2;

    private ScaledDecode() {}

    static int flags(PictureHeader header, boolean swapsEdges, Contract contract) {
        int width = swapsEdges ? header.height() : header.width();
        int height = swapsEdges ? header.width() : header.height();
        Size needed = Geometry.resized(contract.resize(), height, width);
        return switch (denominator(width, height, needed)) {
            case 8 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_8 | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
            case 4 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_4 | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
            case 2 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_2 | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
            default -> opencv_imgcodecs.IMREAD_UNCHANGED;
        };
    }

    static int denominator(int width, int height, Size needed) {
        for (int denominator : new int[] {8, 4, 2}) {
            if (width / denominator >= LEAST_OVERSAMPLING * needed.width()
                    && height / denominator >= LEAST_OVERSAMPLING * needed.height()) {
                return denominator;
            }
        }
        return 1;
    }
}
