package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.shapes.Extents;
import java.util.Map;

/** Reduces an annotation to what a poorer task says: objects to their classes, outlines to their boxes. Pure. */
final class TaskReduction {

    private TaskReduction() {}

    static AnnotationValue reduce(AnnotationValue value, ImageTask task) {
        return switch (value) {
            case ClassLabels labels -> labels;
            case ObjectLabels labels when task.isOfWholeImages() -> new ClassLabels(labels.classes(), Map.of());
            case ObjectLabels labels
            when task == ImageTask.DETECTION ->
                new ObjectLabels(
                        labels.objects().stream().map(TaskReduction::boxed).toList());
            case ObjectLabels labels -> labels;
        };
    }

    private static AnnotatedObject boxed(AnnotatedObject object) {
        Shape shape = switch (object.shape()) {
            case BoxShape box -> box;
            case RotatedBoxShape box -> box;
            case PolygonShape polygon -> Extents.of(polygon);
            case MaskShape mask -> Extents.of(mask);
        };
        return shape.equals(object.shape())
                ? object
                : new AnnotatedObject(object.name(), shape, object.attributes(), object.flags(), object.keypoints());
    }
}
