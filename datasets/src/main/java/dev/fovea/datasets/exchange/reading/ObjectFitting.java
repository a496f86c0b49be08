package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.imaging.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Converts stated objects to pixels of the upright image and checks them against it. The centre of an object must be
 * inside, and its extent at most 1 % larger than the image; what exceeds the edges then is clipped. Rotated boxes are
 * not clipped. The tolerance is that of Ultralytics 8.4, {@code verify_image_label}.
 */
final class ObjectFitting {

    private static final double TOLERANCE = 0.01;

    /** Smaller changes by rounding are not reported: a share of an edge. */
    private static final double ROUNDING = 1e-4;

    private final Optional<BoxReading> reading;
    private final FindingCounter findings;

    ObjectFitting(Optional<BoxReading> reading, FindingCounter findings) {
        this.reading = reading;
        this.findings = findings;
    }

    /** The object in the upright image; empty when it is left out, which is counted. */
    Optional<AnnotatedObject> fit(StatedObject stated, FrameTransform transform) {
        try {
            return shape(stated, transform)
                    .map(shape -> new AnnotatedObject(
                            stated.name(),
                            shape,
                            stated.attributes(),
                            stated.flags(),
                            stated.keypoints().stream().map(transform::apply).toList()));
        } catch (IllegalArgumentException e) {
            findings.add(ReadFault.OBJECT_INVALID, stated.place(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Shape> shape(StatedObject stated, FrameTransform transform) {
        Shape shape = transform.apply(stated.shape(), reading);
        ImageSize size = transform.upright();
        return switch (shape) {
            case MaskShape mask -> Optional.of(mask);
            case RotatedBoxShape box -> {
                boolean isInside = isWithin(box.centreX(), size.width()) && isWithin(box.centreY(), size.height());
                yield kept(box, box.width() > 0 && box.height() > 0, isInside, stated, size);
            }
            case BoxShape box ->
                kept(box, box.width() > 0 && box.height() > 0, isInside(box, size), stated, size)
                        .map(kept -> clipped(box, size, stated));
            case PolygonShape polygon -> {
                BoxShape extent = Extents.of(polygon);
                if (polygon.rings().stream().anyMatch(Rings::crossesItself)) {
                    findings.add(ReadFault.SELF_CROSSING, stated.place(), stated.name());
                }
                yield kept(polygon, extent.width() > 0 && extent.height() > 0, isInside(extent, size), stated, size)
                        .map(kept -> clipped(polygon, extent, size, stated));
            }
        };
    }

    private Optional<Shape> kept(
            Shape shape, boolean hasExtent, boolean isInside, StatedObject stated, ImageSize size) {
        if (!hasExtent) {
            findings.add(ReadFault.OBJECT_EMPTY, stated.place(), stated.name());
        } else if (!isInside) {
            BoxShape box = Extents.of(shape);
            findings.add(
                    ReadFault.OBJECT_OUTSIDE,
                    stated.place(),
                    String.format(
                            Locale.ROOT,
                            "(%s, %s) to (%s, %s) in %d×%d pixels",
                            number(box.x()),
                            number(box.y()),
                            number(box.x() + box.width()),
                            number(box.y() + box.height()),
                            size.width(),
                            size.height()));
        }
        return hasExtent && isInside ? Optional.of(shape) : Optional.empty();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1e9 ? "%.1f" : "%.3g", value);
    }

    static boolean isInside(BoxShape box, ImageSize size) {
        return isWithin(box.x() + box.width() / 2, size.width())
                && isWithin(box.y() + box.height() / 2, size.height())
                && box.width() <= size.width() * (1 + TOLERANCE)
                && box.height() <= size.height() * (1 + TOLERANCE);
    }

    private static boolean isWithin(double centre, int edge) {
        return centre >= -TOLERANCE * edge && centre <= (1 + TOLERANCE) * edge;
    }

    /** The largest share of an edge by which a box reaches beyond it; 0 or less when it is inside. */
    static double beyond(BoxShape box, ImageSize size) {
        double x = Math.max(-box.x(), box.x() + box.width() - size.width()) / size.width();
        double y = Math.max(-box.y(), box.y() + box.height() - size.height()) / size.height();
        return Math.max(x, y);
    }

    private void report(double beyond, StatedObject stated) {
        if (beyond > ROUNDING) {
            findings.add(
                    ReadFault.OBJECT_CLIPPED,
                    stated.place(),
                    String.format(Locale.ROOT, "by %.2f %% of an edge", 100 * beyond));
        }
    }

    private Shape clipped(BoxShape box, ImageSize size, StatedObject stated) {
        double beyond = beyond(box, size);
        if (beyond <= 0) {
            return box;
        }
        report(beyond, stated);
        double x1 = Math.max(0, box.x());
        double y1 = Math.max(0, box.y());
        double x2 = Math.min(size.width(), box.x() + box.width());
        double y2 = Math.min(size.height(), box.y() + box.height());
        return new BoxShape(x1, y1, x2 - x1, y2 - y1);
    }

    private Shape clipped(PolygonShape polygon, BoxShape extent, ImageSize size, StatedObject stated) {
        double beyond = beyond(extent, size);
        if (beyond <= 0) {
            return polygon;
        }
        report(beyond, stated);
        return new PolygonShape(
                polygon.rings().stream().map(ring -> clipped(ring, size)).toList());
    }

    private static Ring clipped(Ring ring, ImageSize size) {
        List<Double> moved = new ArrayList<>(ring.coordinates());
        for (int i = 0; i < moved.size(); i++) {
            moved.set(i, Math.clamp(moved.get(i), 0.0, i % 2 == 0 ? size.width() : size.height()));
        }
        return new Ring(moved);
    }
}
