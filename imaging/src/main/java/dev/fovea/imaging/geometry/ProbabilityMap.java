package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Point;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A map of probabilities, one for each cell. Coordinates are those of cell centres, from 0. Owns native memory. Not
 * safe for use by several threads.
 */
public final class ProbabilityMap implements AutoCloseable {

    /** Offset in bytes of the index of the contour around, in a row of OpenCV's hierarchy. */
    private static final long PARENT = 3L * Integer.BYTES;

    private final Mat map;

    /**
     * A map.
     *
     * @param values {@code [height, width]}, row by row; copied
     */
    public ProbabilityMap(float[] values, int height, int width) {
        map = new Mat(height, width, opencv_core.CV_32FC1);
        map.<FloatBuffer>createBuffer().put(values);
    }

    /** The outer contours of the regions above the threshold; cells that touch at a corner are one region. */
    public List<List<Point>> contours(double threshold) {
        try (PointerScope _ = new PointerScope()) {
            Mat above = new Mat();
            Mat binary = new Mat();
            MatVector contours = new MatVector();
            Mat hierarchy = new Mat();
            opencv_imgproc.threshold(map, above, threshold, 255, opencv_imgproc.THRESH_BINARY);
            above.convertTo(binary, opencv_core.CV_8U);
            opencv_imgproc.findContours(
                    binary, contours, hierarchy, opencv_imgproc.RETR_CCOMP, opencv_imgproc.CHAIN_APPROX_SIMPLE);
            List<List<Point>> outer = new ArrayList<>();
            for (int i = 0; i < contours.size(); i++) {
                if (hierarchy.ptr(0, i).getInt(PARENT) < 0) {
                    outer.add(points(contours.get(i)));
                }
            }
            return outer;
        }
    }

    private static List<Point> points(Mat contour) {
        IntBuffer coordinates = contour.createBuffer();
        List<Point> points = new ArrayList<>();
        while (coordinates.hasRemaining()) {
            points.add(new Point(coordinates.get(), coordinates.get()));
        }
        return points;
    }

    /** The mean probability of the cells in a polygon or on its edge; corners are clamped to whole cells of the map. */
    public double mean(List<Point> corners) {
        try (PointerScope _ = new PointerScope()) {
            Mat polygon = new Mat(corners.size(), 1, opencv_core.CV_32SC2);
            IntBuffer coordinates = polygon.createBuffer();
            for (Point corner : corners) {
                coordinates.put(Math.clamp((int) corner.x(), 0, map.cols() - 1));
                coordinates.put(Math.clamp((int) corner.y(), 0, map.rows() - 1));
            }
            Rect extent = opencv_imgproc.boundingRect(polygon);
            Mat part = map.apply(extent);
            Mat inside = new Mat(part.rows(), part.cols(), opencv_core.CV_8UC1, Scalar.all(0));
            var offset = new org.bytedeco.opencv.opencv_core.Point(-extent.x(), -extent.y());
            opencv_imgproc.fillPoly(inside, new MatVector(polygon), Scalar.all(1), opencv_imgproc.LINE_8, 0, offset);
            return opencv_core.mean(part, inside).get(0);
        }
    }

    @Override
    public void close() {
        map.close();
    }
}
