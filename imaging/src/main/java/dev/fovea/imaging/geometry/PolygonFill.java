package dev.fovea.imaging.geometry;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import java.util.Arrays;
import java.util.List;

/** Polygons to pixels, column by column: a pixel belongs when a ray from its centre crosses an odd number of edges. */
final class PolygonFill {

    private PolygonFill() {}

    static Mask fill(ImageSize size, List<Polygon> polygons) {
        MaskBuilder builder = new MaskBuilder(size);
        int edges = polygons.stream().mapToInt(p -> p.points().size()).sum();
        double[] crossings = new double[edges];
        for (int x = 0; x < size.width(); x++) {
            int count = crossings(polygons, x + 0.5, crossings);
            Arrays.sort(crossings, 0, count);
            int done = 0;
            for (int i = 0; i + 1 < count; i += 2) {
                int from = Math.max(done, row(crossings[i], size.height()));
                int to = row(crossings[i + 1], size.height());
                if (to > from) {
                    builder.add(x * size.height() + from, to - from);
                    done = to;
                }
            }
        }
        return builder.build();
    }

    /** The first row whose centre is not above that height. */
    private static int row(double y, int height) {
        return (int) Math.clamp(Math.ceil(y - 0.5), 0.0, height);
    }

    private static int crossings(List<Polygon> polygons, double column, double[] into) {
        int count = 0;
        for (Polygon polygon : polygons) {
            Point before = polygon.points().getLast();
            for (Point point : polygon.points()) {
                if (before.x() <= column != point.x() <= column) {
                    double share = (column - before.x()) / ((double) point.x() - before.x());
                    into[count++] = before.y() + share * ((double) point.y() - before.y());
                }
                before = point;
            }
        }
        return count;
    }
}
