package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Point;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point2f;
import org.bytedeco.opencv.opencv_core.RotatedRect;
import org.bytedeco.opencv.opencv_core.Size2f;

/**
 * A rectangle at any angle, in continuous pixel coordinates.
 *
 * @param centerX pixels
 * @param centerY pixels
 * @param width along {@code angle}, pixels, not negative
 * @param height across it, pixels, not negative
 * @param angle of the width's direction, radians, clockwise on the screen
 */
public record RotatedRectangle(double centerX, double centerY, double width, double height, double angle) {

    /**
     * The rectangle of minimum area around points, by OpenCV in single precision.
     *
     * @param points at least 1
     */
    public static RotatedRectangle around(List<Point> points) {
        try (Mat coordinates = new Mat(points.size(), 1, opencv_core.CV_32FC2)) {
            FloatBuffer buffer = coordinates.createBuffer();
            points.forEach(point -> buffer.put(point.x()).put(point.y()));
            try (RotatedRect found = opencv_imgproc.minAreaRect(coordinates)) {
                Point2f center = found.center();
                Size2f size = found.size();
                return new RotatedRectangle(
                        center.x(), center.y(), size.width(), size.height(), Math.toRadians(found.angle()));
            }
        }
    }

    /** The same rectangle, with every edge moved outwards by {@code pixels}. */
    public RotatedRectangle grown(double pixels) {
        return new RotatedRectangle(centerX, centerY, width + 2 * pixels, height + 2 * pixels, angle);
    }

    /** Whether a point lies in it or on its edge. */
    public boolean contains(double x, double y) {
        double along = (x - centerX) * Math.cos(angle) + (y - centerY) * Math.sin(angle);
        double across = (y - centerY) * Math.cos(angle) - (x - centerX) * Math.sin(angle);
        return Math.abs(along) <= width / 2 && Math.abs(across) <= height / 2;
    }

    /** Its four corners, clockwise on the screen from the one nearest the upper left. */
    public Polygon corners() {
        List<Point> corners = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            double along = (i == 0 || i == 3 ? -1 : 1) * width / 2;
            double across = (i < 2 ? -1 : 1) * height / 2;
            corners.add(new Point((float) (centerX + along * Math.cos(angle) - across * Math.sin(angle)), (float)
                    (centerY + along * Math.sin(angle) + across * Math.cos(angle))));
        }
        Point first = corners.stream()
                .min(Comparator.comparingDouble(point -> (double) point.x() + point.y()))
                .orElseThrow();
        Collections.rotate(corners, -corners.indexOf(first));
        return new Polygon(corners);
    }
}
