package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.catalog.NewAnnotation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Annotations with another name of a class. Pure. */
final class ClassRenaming {

    private ClassRenaming() {}

    static NewAnnotation renamed(NewAnnotation annotation, String from, String to, String author) {
        return new NewAnnotation(
                author, renamed(annotation.value(), from, to), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AnnotationValue renamed(AnnotationValue value, String from, String to) {
        return switch (value) {
            case ClassLabels labels -> {
                Map<String, Double> weights = new TreeMap<>();
                labels.weights().forEach((name, weight) -> weights.merge(name(name, from, to), weight, Double::sum));
                yield new ClassLabels(
                        labels.classes().stream()
                                .map(each -> name(each, from, to))
                                .toList(),
                        weights);
            }
            case ObjectLabels labels ->
                new ObjectLabels(labels.objects().stream()
                        .map(each -> new AnnotatedObject(
                                name(each.name(), from, to),
                                each.shape(),
                                each.attributes(),
                                each.flags(),
                                each.keypoints()))
                        .toList());
        };
    }

    private static String name(String name, String from, String to) {
        return name.equals(from) ? to : name;
    }
}
