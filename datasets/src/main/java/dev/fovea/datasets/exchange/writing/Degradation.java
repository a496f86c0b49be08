package dev.fovea.datasets.exchange.writing;

import static dev.fovea.datasets.exchange.model.ExchangeFeature.BOXES;
import static dev.fovea.datasets.exchange.model.ExchangeFeature.MASKS;
import static dev.fovea.datasets.exchange.model.ExchangeFeature.POLYGONS;
import static dev.fovea.datasets.exchange.model.ExchangeFeature.POLYGON_HOLES;
import static dev.fovea.datasets.exchange.model.ExchangeFeature.POLYGON_PARTS;
import static dev.fovea.datasets.exchange.model.ExchangeFeature.ROTATED_BOXES;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeFeature;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.datasets.exchange.shapes.RotatedCorners;
import dev.fovea.imaging.ImageSize;
import java.util.List;
import java.util.stream.Stream;

/** The nearest annotation that a format can say. Pure. */
final class Degradation {

    private Degradation() {}

    static AnnotationValue of(AnnotationValue value, ImageSize size, ExchangeFormat format) {
        return switch (value) {
            case ClassLabels labels -> labels;
            case ObjectLabels labels ->
                new ObjectLabels(labels.objects().stream()
                        .flatMap(object -> of(object, size, format))
                        .toList());
        };
    }

    private static Stream<AnnotatedObject> of(AnnotatedObject object, ImageSize size, ExchangeFormat format) {
        return shapes(object.shape(), size, format)
                .map(shape -> shape.equals(object.shape())
                        ? object
                        : new AnnotatedObject(
                                object.name(), shape, object.attributes(), object.flags(), object.keypoints()));
    }

    private static Stream<Shape> shapes(Shape shape, ImageSize size, ExchangeFormat format) {
        return switch (shape) {
            case BoxShape box -> format.says(BOXES) ? Stream.of(box) : box(box, size, format);
            case RotatedBoxShape box -> format.says(ROTATED_BOXES) ? Stream.of(box) : rotated(box, size, format);
            case PolygonShape polygon -> polygon(polygon, size, format);
            case MaskShape mask -> mask(mask, format);
        };
    }

    private static Stream<Shape> box(BoxShape box, ImageSize size, ExchangeFormat format) {
        RotatedBoxShape straight = new RotatedBoxShape(
                box.x() + box.width() / 2, box.y() + box.height() / 2, box.width(), box.height(), 0);
        return format.says(ROTATED_BOXES) ? Stream.of(straight) : rotated(straight, size, format);
    }

    private static Stream<Shape> rotated(RotatedBoxShape box, ImageSize size, ExchangeFormat format) {
        PolygonShape corners = new PolygonShape(List.of(new Ring(RotatedCorners.of(box))));
        return polygon(corners, size, format);
    }

    private static Stream<Shape> polygon(PolygonShape polygon, ImageSize size, ExchangeFormat format) {
        boolean sayable = format.says(POLYGONS)
                && (format.says(POLYGON_PARTS) || polygon.rings().size() == 1)
                && (format.says(POLYGON_HOLES) || !Rings.hasHoles(polygon));
        if (sayable) {
            return Stream.of(polygon);
        }
        if (format.says(MASKS)) {
            return Stream.of(MaskShape.of(Rings.mask(polygon, size)));
        }
        return format.says(POLYGONS) ? parts(polygon.rings()) : extent(polygon, format);
    }

    private static Stream<Shape> mask(MaskShape mask, ExchangeFormat format) {
        if (format.says(MASKS)) {
            return Stream.of(mask);
        }
        return format.says(POLYGONS) ? parts(Rings.outlines(mask.mask())) : extent(mask, format);
    }

    private static Stream<Shape> parts(List<Ring> rings) {
        return rings.stream()
                .filter(ring -> rings.stream().noneMatch(other -> !other.equals(ring) && Rings.isInside(ring, other)))
                .map(ring -> new PolygonShape(List.of(ring)));
    }

    private static Stream<Shape> extent(Shape shape, ExchangeFormat format) {
        BoxShape box = Extents.of(shape);
        return Stream.of(
                format.says(BOXES)
                        ? box
                        : new RotatedBoxShape(
                                box.x() + box.width() / 2, box.y() + box.height() / 2, box.width(), box.height(), 0));
    }

    /** What is written instead of a feature that the format cannot say, a sentence. */
    static String consequence(ExchangeFeature feature, ExchangeFormat format) {
        return switch (feature) {
            case BOXES, ROTATED_BOXES, POLYGONS, MASKS, POLYGON_PARTS, POLYGON_HOLES ->
                shapeConsequence(feature, format);
            case OVERLAPS -> "The pixels of a class are written as one mask, later classes over earlier ones.";
            case SEMANTIC -> "They come back as the masks of objects.";
            case UNLABELLED ->
                format == ExchangeFormat.FOLDERS
                        ? "They are left out."
                        : "They are written as images without objects or classes.";
            case MULTI_LABEL -> "They are left out.";
            case CLASS_ORDER -> "Classes come back in the order of their names, without those that nothing names.";
            case SINGLE_LABEL,
                    SOFT_LABELS,
                    KEYPOINTS,
                    SKELETONS,
                    ATTRIBUTES,
                    CROWD,
                    DIFFICULT,
                    TRUNCATED,
                    OCCLUDED,
                    TAGS,
                    GROUPS,
                    SPLITS,
                    PRE_FILLS,
                    DEFINITIONS,
                    QUESTION,
                    EXAMPLES -> "It is left out.";
        };
    }

    private static String shapeConsequence(ExchangeFeature feature, ExchangeFormat format) {
        if ((feature == BOXES || feature == ROTATED_BOXES) && format.says(POLYGONS)) {
            return "They are written as polygons of four corners.";
        }
        if (feature == BOXES && format.says(ROTATED_BOXES)) {
            return "They are written as rotated boxes of 0 degrees.";
        }
        if (format.says(MASKS)) {
            return "They are written as masks.";
        }
        return format.says(POLYGONS)
                ? "Each part is written as an object of its own, without holes."
                : "They are written as the boxes around them.";
    }
}
