package dev.fovea.datasets.exchange.shapes;

import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.Polygon;
import java.util.ArrayList;
import java.util.List;

/** Outlines: whether they cross themselves, whether one is a hole in another, and their pixels. Pure. */
public final class Rings {

    /** Longer outlines are not checked: the check takes the square of the number of points. */
    private static final int MAX_CHECKED_POINTS = 2_000;

    private Rings() {}

    /** Whether two edges of an outline cross; edges that only touch do not. */
    public static boolean crossesItself(Ring ring) {
        List<Double> c = ring.coordinates();
        int points = c.size() / 2;
        if (points > MAX_CHECKED_POINTS) {
            return false;
        }
        double[] flat = c.stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < points; i++) {
            for (int j = i + 2; j < points; j++) {
                if ((i != 0 || j != points - 1) && crosses(flat, i, j, points)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean crosses(double[] c, int i, int j, int points) {
        int k = (i + 1) % points;
        int m = (j + 1) % points;
        double one = side(c, i, k, j);
        double two = side(c, i, k, m);
        double three = side(c, j, m, i);
        double four = side(c, j, m, k);
        return one * two < 0 && three * four < 0;
    }

    /** Positive, negative or 0 by the side of the line from {@code a} to {@code b} on which {@code p} lies. */
    private static double side(double[] c, int a, int b, int p) {
        double value = (c[2 * b] - c[2 * a]) * (c[2 * p + 1] - c[2 * a + 1])
                - (c[2 * b + 1] - c[2 * a + 1]) * (c[2 * p] - c[2 * a]);
        return Math.signum(Math.abs(value) < 1e-9 ? 0 : value);
    }

    /** Whether a ring of a polygon lies in another one. */
    public static boolean hasHoles(PolygonShape polygon) {
        List<Ring> rings = polygon.rings();
        for (int i = 0; i < rings.size(); i++) {
            for (int j = 0; j < rings.size(); j++) {
                if (i != j && isInside(rings.get(i), rings.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a ring begins inside another one. */
    public static boolean isInside(Ring inner, Ring outer) {
        return contains(outer, inner.coordinates().get(0), inner.coordinates().get(1));
    }

    private static boolean contains(Ring ring, double x, double y) {
        List<Double> c = ring.coordinates();
        boolean inside = false;
        for (int i = 0, before = c.size() - 2; i < c.size(); before = i, i += 2) {
            double x1 = c.get(before);
            double y1 = c.get(before + 1);
            double x2 = c.get(i);
            double y2 = c.get(i + 1);
            if (y1 <= y != y2 <= y && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** The pixels of a polygon, holes left out. */
    public static Mask mask(PolygonShape polygon, ImageSize size) {
        return Mask.ofPolygons(
                size,
                polygon.rings().stream()
                        .map(ring -> polygon(ring.coordinates()))
                        .toList());
    }

    private static Polygon polygon(List<Double> coordinates) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < coordinates.size(); i += 2) {
            points.add(new Point(
                    coordinates.get(i).floatValue(), coordinates.get(i + 1).floatValue()));
        }
        return new Polygon(points);
    }

    /** The outlines of a mask along the edges of its pixels; empty for a mask without pixels. */
    public static List<Ring> outlines(Mask mask) {
        return mask.outlines().stream()
                .map(outline -> new Ring(outline.points().stream()
                        .flatMap(point -> java.util.stream.Stream.of((double) point.x(), (double) point.y()))
                        .toList()))
                .toList();
    }

    /** Square pixels of all parts together by the shoelace formula. */
    public static double area(PolygonShape polygon) {
        double sum = 0;
        for (Ring ring : polygon.rings()) {
            List<Double> c = ring.coordinates();
            double twice = 0;
            for (int i = 0, before = c.size() - 2; i < c.size(); before = i, i += 2) {
                twice += c.get(before) * c.get(i + 1) - c.get(i) * c.get(before + 1);
            }
            sum += Math.abs(twice) / 2;
        }
        return sum;
    }
}
