package dev.fovea.datasets.formats;

import dev.fovea.datasets.formats.Annotated.Stated;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Maps a data set's classes to a model's labels by name, exactly or else ignoring case. Without names, it maps by
 * number. Boxes of unknown classes are dropped and counted.
 */
final class ClassMapping {

    private final List<String> labels;
    private final boolean named;
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private int known;

    /**
     * A mapping.
     *
     * @param labels of the model
     * @param named whether boxes bear names; numbers otherwise
     */
    ClassMapping(List<String> labels, boolean named) {
        this.labels = labels;
        this.named = named;
        for (int i = labels.size() - 1; i >= 0; i--) {
            byName.put(labels.get(i).strip().toLowerCase(Locale.ROOT), i);
        }
    }

    Optional<Integer> label(Stated stated) {
        return named ? byName(stated.category()) : Optional.of(byNumber(stated));
    }

    private Optional<Integer> byName(String category) {
        int exact = labels.indexOf(category);
        Optional<Integer> label = exact >= 0
                ? Optional.of(exact)
                : Optional.ofNullable(byName.get(category.strip().toLowerCase(Locale.ROOT)));
        if (label.isPresent()) {
            known++;
        } else {
            unknown.merge(category, 1, Integer::sum);
        }
        return label;
    }

    private int byNumber(Stated stated) {
        int number = Integer.parseInt(stated.category());
        if (number >= labels.size()) {
            throw BoxFitting.invalid(
                    "%s begins with \"%s\"; it must be a class from 0 to %d. Correct the label file, or put the names of its classes into data.yaml."
                            .formatted(stated.where(), stated.category(), labels.size() - 1));
        }
        known++;
        return number;
    }

    /** Number of boxes of classes unknown to the model, by class. */
    Map<String, Integer> unknown() {
        return unknown;
    }

    /** {@code LABELS_MISMATCH} when the model knows no class of the data set. */
    void requireSome() {
        if (known == 0 && !unknown.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The model knows none of the data set's classes %s; it knows %s. Give data of the model's classes."
                            .formatted(some(List.copyOf(unknown.keySet())), some(labels)));
        }
    }

    static String some(List<String> names) {
        int shown = Math.min(10, names.size());
        return String.join(", ", names.subList(0, shown))
                + (names.size() > shown ? " and %d more".formatted(names.size() - shown) : "");
    }
}
