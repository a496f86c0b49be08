package dev.fovea.datasets.exchange.shapes;

import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import java.util.List;

/** A rotated box and its corners, clockwise on the screen from the one that is upper left before turning. Pure. */
public final class RotatedCorners {

    private RotatedCorners() {}

    /** {@code x1, y1, …, x4, y4}. */
    public static List<Double> of(RotatedBoxShape box) {
        double angle = Math.toRadians(box.degrees());
        double ux = Math.cos(angle) * box.width() / 2;
        double uy = Math.sin(angle) * box.width() / 2;
        double vx = -Math.sin(angle) * box.height() / 2;
        double vy = Math.cos(angle) * box.height() / 2;
        double x = box.centreX();
        double y = box.centreY();
        return List.of(
                x - ux - vx, y - uy - vy, x + ux - vx, y + uy - vy, x + ux + vx, y + uy + vy, x - ux + vx, y - uy + vy);
    }

    /** The box of four corners; degrees from −180 to 180. */
    public static RotatedBoxShape box(List<Double> c) {
        double x = (c.get(0) + c.get(2) + c.get(4) + c.get(6)) / 4;
        double y = (c.get(1) + c.get(3) + c.get(5) + c.get(7)) / 4;
        double width = Math.hypot(c.get(2) - c.get(0), c.get(3) - c.get(1));
        double height = Math.hypot(c.get(4) - c.get(2), c.get(5) - c.get(3));
        double degrees = width > 0
                ? Math.toDegrees(Math.atan2(c.get(3) - c.get(1), c.get(2) - c.get(0)))
                : Math.toDegrees(Math.atan2(c.get(5) - c.get(3), c.get(4) - c.get(2))) - 90;
        return new RotatedBoxShape(x, y, width, height, degrees);
    }
}
