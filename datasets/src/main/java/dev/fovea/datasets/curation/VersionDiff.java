package dev.fovea.datasets.curation;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.tree.ContentHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How two versions differ.
 *
 * @param design what differs in the question and the definitions
 * @param counts numbers of images by kind of change
 * @param classes numbers by class; an image counts for each of its classes
 * @param changes the first images that differ
 */
public record VersionDiff(
        List<DesignChange> design,
        SortedMap<ChangeKind, Integer> counts,
        SortedMap<String, SortedMap<ChangeKind, Integer>> classes,
        List<Changed> changes) {

    /** What differs about an image; one can be relabelled, moved and retagged at once. */
    public enum ChangeKind {
        ADDED,
        REMOVED,
        RELABELLED,
        MOVED,
        RETAGGED,
        /** Its state was erased on request, so that it cannot be compared. */
        FORGOTTEN
    }

    /**
     * An image that differs.
     *
     * @param image its hash
     * @param kinds what differs
     * @param before its state in the first version
     * @param after its state in the second version
     */
    public record Changed(
            ContentHash image, List<ChangeKind> kinds, Optional<ItemState> before, Optional<ItemState> after) {
        public Changed {
            kinds = List.copyOf(kinds);
        }
    }

    public VersionDiff {
        design = List.copyOf(design);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        changes = List.copyOf(changes);
    }

    /** Counts differences while they are read. */
    static final class Counter {
        private final int most;
        private final SortedMap<ChangeKind, Integer> counts = new TreeMap<>();
        private final SortedMap<String, SortedMap<ChangeKind, Integer>> classes = new TreeMap<>();
        private final List<Changed> changes = new ArrayList<>();

        Counter(int most) {
            this.most = most;
        }

        void count(Changed changed) {
            for (ChangeKind kind : changed.kinds()) {
                counts.merge(kind, 1, Integer::sum);
                List<String> names = new ArrayList<>(names(changed.before()));
                names(changed.after()).stream()
                        .filter(name -> !names.contains(name))
                        .forEach(names::add);
                names.forEach(name ->
                        classes.computeIfAbsent(name, _ -> new TreeMap<>()).merge(kind, 1, Integer::sum));
            }
            if (changes.size() < most) {
                changes.add(changed);
            }
        }

        private static List<String> names(Optional<ItemState> state) {
            return state.flatMap(ItemState::label).map(AnnotationValue::classes).orElse(List.of());
        }

        VersionDiff diff(List<DesignChange> design) {
            return new VersionDiff(design, counts, classes, changes);
        }
    }

    /** What differs between two states of an image that is in both versions. */
    static List<ChangeKind> kinds(ItemState before, ItemState after) {
        List<ChangeKind> kinds = new ArrayList<>();
        Map<ChangeKind, Boolean> differs = new TreeMap<>(Map.of(
                ChangeKind.RELABELLED,
                !before.label().equals(after.label()),
                ChangeKind.MOVED,
                before.split() != after.split(),
                ChangeKind.RETAGGED,
                !before.tags().equals(after.tags()) || !before.group().equals(after.group())));
        differs.forEach((kind, different) -> {
            if (different) {
                kinds.add(kind);
            }
        });
        return kinds;
    }
}
