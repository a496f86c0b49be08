package dev.fovea.datasets.exchange.shapes;

import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.imaging.Box;
import java.util.List;

/** The axis-aligned box around a shape. Pure. */
public final class Extents {

    private Extents() {}

    /** The box around a shape; around a mask without pixels it is empty at the origin. */
    public static BoxShape of(Shape shape) {
        return switch (shape) {
            case BoxShape box -> box;
            case RotatedBoxShape box -> around(List.of(RotatedCorners.of(box)));
            case PolygonShape polygon ->
                around(polygon.rings().stream().map(Shape.Ring::coordinates).toList());
            case MaskShape mask -> {
                Box box = mask.mask().extent();
                yield new BoxShape(box.x1(), box.y1(), box.x2() - box.x1(), box.y2() - box.y1());
            }
        };
    }

    private static BoxShape around(List<List<Double>> rings) {
        double x1 = Double.POSITIVE_INFINITY;
        double y1 = Double.POSITIVE_INFINITY;
        double x2 = Double.NEGATIVE_INFINITY;
        double y2 = Double.NEGATIVE_INFINITY;
        for (List<Double> ring : rings) {
            for (int i = 0; i < ring.size(); i += 2) {
                x1 = Math.min(x1, ring.get(i));
                x2 = Math.max(x2, ring.get(i));
                y1 = Math.min(y1, ring.get(i + 1));
                y2 = Math.max(y2, ring.get(i + 1));
            }
        }
        return new BoxShape(x1, y1, x2 - x1, y2 - y1);
    }
}
