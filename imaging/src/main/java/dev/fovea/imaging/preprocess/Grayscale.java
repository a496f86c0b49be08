package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Resize.ResizeEngine;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Small grey copies, for looking at an image as a whole. */
public final class Grayscale {

    private Grayscale() {}

    /** A new grey Mat of the size given, averaged over areas; transparency lies over white. The caller closes it. */
    public static Mat resized(Image image, int width, int height) {
        if (image.width() == width && image.height() == height && image.channels() == 3) {
            return Gray.of(image.mat(), ResizeEngine.OPENCV); // resizing would copy it
        }
        try (Mat small = new Mat();
                org.bytedeco.opencv.opencv_core.Size size = new org.bytedeco.opencv.opencv_core.Size(width, height)) {
            opencv_imgproc.resize(image.mat(), small, size, 0, 0, opencv_imgproc.INTER_AREA);
            return switch (small.channels()) {
                case 1 -> small.clone();
                case 4 -> {
                    try (Mat opaque = Transparency.settle(small, PreprocessingContract.Alpha.WHITE)) {
                        yield Gray.of(opaque, ResizeEngine.OPENCV);
                    }
                }
                default -> Gray.of(small, ResizeEngine.OPENCV);
            };
        }
    }
}
