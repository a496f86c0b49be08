package dev.fovea.traffic.truth;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an image shows, as somebody who knows says. */
public sealed interface TrueLabels {

    /** One class, of a classifier's image. */
    record TrueLabel(String label) implements TrueLabels {
        @Override
        public SortedSet<String> classes() {
            return new TreeSet<>(List.of(label));
        }
    }

    /** All classes that apply, of an image of a classifier with several labels; none is possible. */
    record TrueLabelSet(SortedSet<String> classes) implements TrueLabels {
        public TrueLabelSet {
            classes = Collections.unmodifiableSortedSet(new TreeSet<>(classes));
        }
    }

    /** All objects, of a detector's image; none is possible. */
    record TrueObjects(List<TrueBox> boxes) implements TrueLabels {
        public TrueObjects {
            boxes = List.copyOf(boxes);
        }

        @Override
        public SortedSet<String> classes() {
            SortedSet<String> classes = new TreeSet<>();
            boxes.forEach(box -> classes.add(box.label()));
            return classes;
        }
    }

    /** The classes that are named. */
    SortedSet<String> classes();

    /** The labels as JSON: {@code {"label": …}}, {@code {"labels": […]}} or {@code {"boxes": […]}}. */
    default String json() {
        return TrueLabelsDocument.JSON.write(TrueLabelsDocument.of(this));
    }

    /** From JSON. */
    static TrueLabels ofJson(String json) {
        return TrueLabelsDocument.JSON.read(json, TrueLabelsDocument.class).toLabels();
    }
}
