package dev.fovea.datasets.annotation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The classes of a whole image: one for a classification, any number for a multi-label task.
 *
 * @param classes each once; sorted, so that equal labels are equal values
 * @param weights a soft label: the probability of each class, 0 to 1; empty where the label is certain
 */
public record ClassLabels(List<String> classes, Map<String, Double> weights) implements AnnotationValue {

    public ClassLabels {
        classes = classes.stream().sorted().distinct().toList();
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            if (!(weight.getValue() >= 0 && weight.getValue() <= 1)) {
                throw new IllegalArgumentException("the weight of \"%s\" is %s, which is not from 0 to 1"
                        .formatted(weight.getKey(), weight.getValue()));
            }
        }
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    }

    /** Certain labels. */
    public static ClassLabels of(String... classes) {
        return new ClassLabels(List.of(classes), Map.of());
    }
}
