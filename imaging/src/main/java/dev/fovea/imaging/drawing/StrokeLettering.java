package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Natives;
import dev.fovea.imaging.PixelBytes;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** OpenCV's built-in strokes (Hershey's), which need no font and have ASCII only; the rest becomes a question mark. */
final class StrokeLettering implements Lettering {

    private static final int FACE = opencv_imgproc.FONT_HERSHEY_SIMPLEX;

    /** Pixels of a capital at scale 1. */
    private static final double CAPITAL = 22;

    StrokeLettering() {
        Natives.load();
    }

    @Override
    public Stencil write(String text, int size) {
        String shown = text.codePoints()
                .map(point -> point >= ' ' && point <= '~' ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        double scale = 0.72 * size / CAPITAL;
        int thickness = Math.max(1, (int) Math.rint(size / 9.0));
        try (IntPointer below = new IntPointer(1);
                Size extent = opencv_imgproc.getTextSize(shown, FACE, scale, thickness, below)) {
            int width = Math.max(1, extent.width());
            int height = extent.height() + below.get() + thickness;
            try (Scalar black = new Scalar(0.0);
                    Scalar white = new Scalar(255.0);
                    Mat pixels = new Mat(height, width, opencv_core.CV_8UC1, black);
                    Point base = new Point(0, extent.height() + thickness / 2)) {
                opencv_imgproc.putText(
                        pixels, shown, base, FACE, scale, white, thickness, opencv_imgproc.LINE_AA, false);
                return new Stencil(width, height, PixelBytes.copy(pixels));
            }
        }
    }
}
