package dev.fovea.datasets.curation;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageSize;
import java.util.stream.IntStream;

/** Whether objects are in their image. Pure. */
final class AnnotationCheck {

    /** Objects that one image may have. */
    static final int MOST_OBJECTS = 10_000;

    /** Pixels that a shape may reach beyond the edge, for rounding. */
    private static final double TOLERANCE = 1;

    private AnnotationCheck() {}

    /** {@code ARGUMENT_INVALID} for an annotator without a name. */
    static void requireAnnotator(String name) {
        if (name.isBlank()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "An annotation needs the name of its annotator. Set \"annotator\".");
        }
    }

    /** {@code ANNOTATION_INVALID} with the object that is outside, or for too many of them. */
    static void requireInside(ImageSize size, AnnotationValue value) {
        if (value instanceof ObjectLabels labels) {
            if (labels.objects().size() > MOST_OBJECTS) {
                throw invalid("An image has %,d objects; the limit is %,d. Remove some."
                        .formatted(labels.objects().size(), MOST_OBJECTS));
            }
            for (int i = 0; i < labels.objects().size(); i++) {
                AnnotatedObject object = labels.objects().get(i);
                if (!isInside(size, object.shape())) {
                    throw invalid("Object %d (\"%s\") is not inside its image of %d×%d pixels. Correct its coordinates."
                            .formatted(i + 1, object.name(), size.width(), size.height()));
                }
            }
        }
    }

    private static boolean isInside(ImageSize size, Shape shape) {
        return switch (shape) {
            case Shape.BoxShape box ->
                isInside(size, box.x(), box.y()) && isInside(size, box.x() + box.width(), box.y() + box.height());
            case Shape.RotatedBoxShape box -> isInside(size, box.centreX(), box.centreY());
            case Shape.PolygonShape polygon ->
                polygon.rings().stream()
                        .map(Shape.Ring::coordinates)
                        .allMatch(ring -> IntStream.range(0, ring.size() / 2)
                                .allMatch(i -> isInside(size, ring.get(2 * i), ring.get(2 * i + 1))));
            case Shape.MaskShape mask -> mask.size().equals(size);
        };
    }

    private static boolean isInside(ImageSize size, double x, double y) {
        return x >= -TOLERANCE && y >= -TOLERANCE && x <= size.width() + TOLERANCE && y <= size.height() + TOLERANCE;
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ANNOTATION_INVALID, message);
    }
}
