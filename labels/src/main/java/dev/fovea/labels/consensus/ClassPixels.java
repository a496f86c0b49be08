package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Merges the pixels that several people gave to classes: a pixel is of the class that more than half of the weight
 * says, and where exactly half does, of the one that the most skilled person says ({@link PixelVote}). So no pixel is
 * of two classes unless a person gave it two, and where people spread over several classes it is of none. Boxes are
 * left out. Pure.
 */
final class ClassPixels {

    private ClassPixels() {}

    /**
     * One object for each class that has pixels, in alphabetical order: a mask, or the outlines of the pixels where
     * everybody drew polygons.
     *
     * @param labels of each person, the most skilled first
     * @param weights of the people
     */
    static ObjectLabels of(List<ObjectLabels> labels, List<Double> weights) {
        ImageSize canvas = DrawnObject.canvas(labels);
        List<List<DrawnObject>> drawn = labels.stream()
                .map(each -> DrawnObject.of(each, ImageTask.SEMANTIC_SEGMENTATION, canvas))
                .toList();
        Mask nothing = new MaskBuilder(canvas).build();
        boolean isPolygons = labels.stream()
                .flatMap(each -> each.objects().stream())
                .noneMatch(object -> object.shape() instanceof MaskShape);
        return new ObjectLabels(labels.stream()
                .flatMap(each -> each.classes().stream())
                .sorted()
                .distinct()
                .flatMap(name -> {
                    Mask pixels = PixelVote.of(
                            drawn.stream()
                                    .map(person -> mask(person, name).orElse(nothing))
                                    .toList(),
                            weights);
                    return pixels.area() == 0
                            ? Optional.<AnnotatedObject>empty().stream()
                            : Optional.of(new AnnotatedObject(name, shape(pixels, isPolygons))).stream();
                })
                .toList());
    }

    private static Optional<Mask> mask(List<DrawnObject> person, String name) {
        return person.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .flatMap(DrawnObject::mask);
    }

    private static Shape shape(Mask pixels, boolean isPolygon) {
        return isPolygon ? new PolygonShape(Rings.outlines(pixels)) : MaskShape.of(pixels);
    }
}
