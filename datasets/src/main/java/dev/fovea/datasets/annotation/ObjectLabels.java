package dev.fovea.datasets.annotation;

import java.util.List;

/**
 * The objects that an image shows.
 *
 * @param objects in the order of annotation; empty for an image that shows none
 */
public record ObjectLabels(List<AnnotatedObject> objects) implements AnnotationValue {

    public ObjectLabels {
        objects = List.copyOf(objects);
    }

    @Override
    public List<String> classes() {
        return objects.stream().map(AnnotatedObject::name).sorted().distinct().toList();
    }
}
