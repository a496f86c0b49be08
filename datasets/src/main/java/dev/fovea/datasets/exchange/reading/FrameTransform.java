package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.shapes.RotatedCorners;
import dev.fovea.imaging.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the coordinates of a file to pixels of the upright image: a scale, then the EXIF orientation where coordinates
 * are of the stored image. Pure.
 *
 * @param scaleX of the file's coordinates to pixels of {@code framed}
 * @param orientation EXIF 1 to 8, still to be applied
 * @param framed the image before the orientation is applied
 */
record FrameTransform(double scaleX, double scaleY, int orientation, ImageSize framed) {

    /** The size after orientation. */
    ImageSize upright() {
        int across = framed.height();
        int down = framed.width();
        return orientation >= 5 ? new ImageSize(across, down) : framed;
    }

    /** A shape in upright pixels; {@code IllegalArgumentException} when it is none. */
    Shape apply(StatedShape stated, Optional<BoxReading> reading) {
        return switch (stated) {
            case StatedShape.FourNumbers(double a, double b, double c, double d, BoxReading native1) ->
                box(reading.orElse(native1).box(a, b, c, d));
            case StatedShape.Corners(List<Double> corners) -> rotated(points(corners));
            case StatedShape.Drawn(Shape shape) -> drawn(shape);
        };
    }

    private Shape drawn(Shape shape) {
        return switch (shape) {
            case BoxShape box -> box(box);
            case RotatedBoxShape box -> isIdentity() ? box : rotated(points(RotatedCorners.of(box)));
            case PolygonShape polygon ->
                isIdentity()
                        ? polygon
                        : new PolygonShape(polygon.rings().stream()
                                .map(ring -> new Ring(points(ring.coordinates())))
                                .toList());
            case MaskShape mask -> MaskTransform.apply(mask, this);
        };
    }

    Keypoint apply(Keypoint point) {
        double[] at = point(point.x(), point.y());
        return new Keypoint(point.name(), at[0], at[1], point.visibility());
    }

    private boolean isIdentity() {
        return scaleX == 1 && scaleY == 1 && orientation == 1;
    }

    private BoxShape box(BoxShape box) {
        if (orientation == 1) {
            return new BoxShape(box.x() * scaleX, box.y() * scaleY, box.width() * scaleX, box.height() * scaleY);
        }
        double[] one = point(box.x(), box.y());
        double[] other = point(box.x() + box.width(), box.y() + box.height());
        double x = Math.min(one[0], other[0]);
        double y = Math.min(one[1], other[1]);
        return new BoxShape(x, y, Math.max(one[0], other[0]) - x, Math.max(one[1], other[1]) - y);
    }

    private List<Double> points(List<Double> coordinates) {
        List<Double> moved = new ArrayList<>(coordinates.size());
        for (int i = 0; i + 1 < coordinates.size(); i += 2) {
            double[] at = point(coordinates.get(i), coordinates.get(i + 1));
            moved.add(at[0]);
            moved.add(at[1]);
        }
        return moved;
    }

    /** A mirrored box has its corners in the other direction. */
    private Shape rotated(List<Double> corners) {
        List<Double> ordered = corners;
        if (orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7) {
            ordered = List.of(
                    corners.get(2),
                    corners.get(3),
                    corners.get(0),
                    corners.get(1),
                    corners.get(6),
                    corners.get(7),
                    corners.get(4),
                    corners.get(5));
        }
        return RotatedCorners.box(ordered);
    }

    /** Source: EXIF 2.32, tag 274. */
    double[] point(double statedX, double statedY) {
        double x = statedX * scaleX;
        double y = statedY * scaleY;
        double w = framed.width();
        double h = framed.height();
        return switch (orientation) {
            case 2 -> new double[] {w - x, y};
            case 3 -> new double[] {w - x, h - y};
            case 4 -> new double[] {x, h - y};
            case 5 -> new double[] {y, x};
            case 6 -> new double[] {h - y, x};
            case 7 -> new double[] {h - y, w - x};
            case 8 -> new double[] {y, w - x};
            default -> new double[] {x, y};
        };
    }
}
