package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Point;
import dev.fovea.imaging.geometry.Mask;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Lines, veils and text on blue-green-red pixels, which stay the caller's. Not safe for use by several threads. */
final class MarkBrush {

    /** Binary places of a coordinate that OpenCV draws at a fraction of a pixel. */
    private static final int PLACES = 4;

    private final Mat pixels;
    private final ByteBuffer bytes;

    MarkBrush(Mat bgr) {
        this.pixels = bgr;
        this.bytes = bgr.createBuffer();
    }

    /** A closed line through the points, {@code width} pixels wide. */
    void line(List<Point> points, MarkColor color, int width) {
        try (Mat corners = new Mat(points.size(), 1, opencv_core.CV_32SC2);
                MatVector lines = new MatVector(corners);
                Scalar bgr = new Scalar(color.blue(), color.green(), color.red(), 0)) {
            IntBuffer coordinates = corners.createBuffer();
            for (Point point : points) {
                coordinates.put(fixed(point.x())).put(fixed(point.y()));
            }
            opencv_imgproc.polylines(pixels, lines, true, bgr, width, opencv_imgproc.LINE_AA, PLACES);
        }
    }

    /** OpenCV counts from the centre of the first pixel. */
    private static int fixed(float coordinate) {
        return (int) Math.rint((coordinate - 0.5) * (1 << PLACES));
    }

    /** Lays a colour over the pixels of a mask; {@code share} of it, 0 to 1. */
    void veil(Mask mask, MarkColor color, double share) {
        int height = mask.size().height();
        int[] runs = mask.runs();
        int at = 0;
        for (int i = 0; i < runs.length; at += runs[i++]) {
            for (int pixel = at; i % 2 == 1 && pixel < at + runs[i]; pixel++) {
                blend(pixel / height, pixel % height, color, share);
            }
        }
    }

    /** A filled rectangle, clipped to the image. */
    void fill(int left, int top, int width, int height, MarkColor color) {
        for (int y = Math.max(0, top); y < Math.min(top + height, pixels.rows()); y++) {
            for (int x = Math.max(0, left); x < Math.min(left + width, pixels.cols()); x++) {
                blend(x, y, color, 1);
            }
        }
    }

    /** Text, clipped to the image. */
    void print(Lettering.Stencil text, int left, int top, MarkColor color) {
        for (int y = Math.max(0, -top); y < Math.min(text.height(), pixels.rows() - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(text.width(), pixels.cols() - left); x++) {
                blend(left + x, top + y, color, (text.cover()[y * text.width() + x] & 255) / 255.0);
            }
        }
    }

    private void blend(int x, int y, MarkColor color, double share) {
        int at = 3 * (y * pixels.cols() + x);
        mix(at, color.blue(), share);
        mix(at + 1, color.green(), share);
        mix(at + 2, color.red(), share);
    }

    private void mix(int at, int value, double share) {
        int before = bytes.get(at) & 255;
        bytes.put(at, (byte) Math.rint(before + share * (value - before)));
    }
}
