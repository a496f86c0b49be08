package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object as it is compared with others.
 *
 * @param name its class
 * @param box the upright box around it
 * @param mask its pixels on a canvas that the compared objects share; empty for boxes, and for outlines too thin to
 *     contain the centre of a pixel
 */
record DrawnObject(String name, Box box, Optional<Mask> mask) {

    /**
     * The objects of an annotation. Those of one class are one object where the task is about the pixels of classes.
     */
    static List<DrawnObject> of(ObjectLabels labels, ImageTask task, ImageSize canvas) {
        List<DrawnObject> drawn = new ArrayList<>();
        for (AnnotatedObject object : labels.objects()) {
            drawn.add(new DrawnObject(object.name(), box(object.shape()), mask(object.shape(), canvas)));
        }
        return task == ImageTask.SEMANTIC_SEGMENTATION ? united(drawn) : drawn;
    }

    /** The smallest canvas that holds the masks and polygons of annotations; a single pixel without any. */
    static ImageSize canvas(Collection<ObjectLabels> annotations) {
        int width = 1;
        int height = 1;
        for (ObjectLabels labels : annotations) {
            for (AnnotatedObject object : labels.objects()) {
                if (object.shape() instanceof Shape.MaskShape mask) {
                    width = Math.max(width, mask.size().width());
                    height = Math.max(height, mask.size().height());
                } else if (object.shape() instanceof Shape.PolygonShape polygon) {
                    BoxShape extent = Extents.of(polygon);
                    width = Math.max(width, (int) Math.ceil(extent.x() + extent.width()));
                    height = Math.max(height, (int) Math.ceil(extent.y() + extent.height()));
                }
            }
        }
        return new ImageSize(width, height);
    }

    private static List<DrawnObject> united(List<DrawnObject> drawn) {
        Map<String, DrawnObject> byClass = new LinkedHashMap<>();
        drawn.forEach(one -> byClass.merge(one.name(), one, DrawnObject::and));
        return List.copyOf(byClass.values());
    }

    private DrawnObject and(DrawnObject other) {
        Box around = new Box(
                Math.min(box.x1(), other.box.x1()),
                Math.min(box.y1(), other.box.y1()),
                Math.max(box.x2(), other.box.x2()),
                Math.max(box.y2(), other.box.y2()));
        Optional<Mask> joint = mask.isPresent() && other.mask.isPresent()
                ? Optional.of(mask.get().or(other.mask.get()))
                : mask.or(other::mask);
        return new DrawnObject(name, around, joint);
    }

    /** Intersection over union, of the pixels where both have some, otherwise of the boxes. */
    double overlap(DrawnObject other) {
        double ofBoxes = box.overlap(other.box);
        return ofBoxes > 0 && mask.isPresent() && other.mask.isPresent()
                ? mask.get().overlap(other.mask.get())
                : ofBoxes;
    }

    private static Box box(Shape shape) {
        BoxShape box = Extents.of(shape);
        return new Box(
                (float) box.x(), (float) box.y(), (float) (box.x() + box.width()), (float) (box.y() + box.height()));
    }

    private static Optional<Mask> mask(Shape shape, ImageSize canvas) {
        Optional<Mask> mask = switch (shape) {
            case BoxShape _, Shape.RotatedBoxShape _ -> Optional.empty();
            case Shape.PolygonShape polygon -> Optional.of(Rings.mask(polygon, canvas));
            case Shape.MaskShape pixels -> Optional.of(pixels.mask().on(canvas));
        };
        return mask.filter(pixels -> pixels.area() > 0);
    }
}
