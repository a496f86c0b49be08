package dev.fovea.imaging;

import org.bytedeco.opencv.global.opencv_imgcodecs;

/**
 * Chooses at which fraction of its size a JPEG is decoded (libjpeg scales inside the inverse cosine transform, which
 * saves most of the work). The fraction is the smallest that leaves both edges at least {@value #MIN_OVERSAMPLING}
 * times what the resize needs, so that the resize still averages (decision 0006). Those of four components (CMYK) are
 * decoded in full, as without it.
 */
public final class ScaledDecode {

    private static final double MIN_OVERSAMPLING = 1.25;

    private ScaledDecode() {}

    static int flags(ImageHeader header, boolean swapsEdges, PreprocessingContract contract) {
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

    public static int denominator(int width, int height, Size needed) {
        for (int denominator : new int[] {8, 4, 2}) {
            double minWidth = MIN_OVERSAMPLING * needed.width() * denominator;
            double minHeight = MIN_OVERSAMPLING * needed.height() * denominator;
            if (width >= minWidth && height >= minHeight) {
                return denominator;
            }
        }
        return 1;
    }
}
