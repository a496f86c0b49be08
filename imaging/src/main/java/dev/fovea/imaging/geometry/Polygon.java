package dev.fovea.imaging.geometry;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A closed outline; the last point is joined to the first.
 *
 * @param points in order, at least 3
 */
public record Polygon(List<Point> points) {

    public Polygon {
        points = List.copyOf(points);
        if (points.size() < 3) {
            throw new IllegalArgumentException("a polygon of %d points".formatted(points.size()));
        }
    }

    /** Square pixels by the shoelace formula; negative when it runs counter-clockwise on the screen, as holes do. */
    public double signedArea() {
        double twice = 0;
        Point before = points.getLast();
        for (Point point : points) {
            twice += (double) before.x() * point.y() - (double) point.x() * before.y();
            before = point;
        }
        return twice / 2;
    }

    /** The upright box around it. */
    public Box extent() {
        float x1 = Float.POSITIVE_INFINITY;
        float y1 = Float.POSITIVE_INFINITY;
        float x2 = Float.NEGATIVE_INFINITY;
        float y2 = Float.NEGATIVE_INFINITY;
        for (Point point : points) {
            x1 = Math.min(x1, point.x());
            y1 = Math.min(y1, point.y());
            x2 = Math.max(x2, point.x());
            y2 = Math.max(y2, point.y());
        }
        return new Box(x1, y1, x2, y2);
    }

    /** {@code x1, y1, x2, y2, …} as COCO writes a polygon. */
    public List<Float> coordinates() {
        List<Float> flat = new ArrayList<>(2 * points.size());
        for (Point point : points) {
            flat.add(point.x());
            flat.add(point.y());
        }
        return flat;
    }
}
