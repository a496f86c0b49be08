package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
     * The rectangle of minimum area around points. One of its edges lies on an edge of their convex hull (Freeman and
     * Shapira 1975, Determining the minimum-area encasing rectangle for an arbitrary closed curve, theorem 1).
     *
     * @param points at least 1
     */
    public static RotatedRectangle around(List<Point> points) {
        List<Point> hull = hull(points);
        RotatedRectangle min = along(hull, 0);
        for (int i = 0; i < hull.size(); i++) {
            Point from = hull.get(i);
            Point to = hull.get((i + 1) % hull.size());
            RotatedRectangle next = along(hull, Math.atan2((double) to.y() - from.y(), (double) to.x() - from.x()));
            if (next.width * next.height < min.width * min.height - 1e-9) {
                min = next;
            }
        }
        return min;
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
        java.util.Collections.rotate(corners, -corners.indexOf(first));
        return new Polygon(corners);
    }

    private static RotatedRectangle along(List<Point> hull, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double[] span = {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (Point point : hull) {
            double along = point.x() * cos + point.y() * sin;
            double across = point.y() * cos - point.x() * sin;
            span[0] = Math.min(span[0], along);
            span[1] = Math.max(span[1], along);
            span[2] = Math.min(span[2], across);
            span[3] = Math.max(span[3], across);
        }
        double along = (span[0] + span[1]) / 2;
        double across = (span[2] + span[3]) / 2;
        return new RotatedRectangle(
                along * cos - across * sin, along * sin + across * cos, span[1] - span[0], span[3] - span[2], angle);
    }

    /** Convex hull by monotone chains (Andrew 1979). */
    private static List<Point> hull(List<Point> points) {
        List<Point> sorted = points.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        if (sorted.size() < 3) {
            return sorted;
        }
        List<Point> hull = new ArrayList<>(chain(sorted));
        hull.addAll(chain(sorted.reversed()));
        return hull;
    }

    private static List<Point> chain(List<Point> sorted) {
        List<Point> chain = new ArrayList<>();
        for (Point point : sorted) {
            while (chain.size() > 1 && !turns(chain.get(chain.size() - 2), chain.getLast(), point)) {
                chain.removeLast();
            }
            chain.add(point);
        }
        chain.removeLast();
        return chain;
    }

    private static boolean turns(Point a, Point b, Point c) {
        return ((double) b.x() - a.x()) * ((double) c.y() - a.y()) - ((double) b.y() - a.y()) * ((double) c.x() - a.x())
                > 0;
    }
}
