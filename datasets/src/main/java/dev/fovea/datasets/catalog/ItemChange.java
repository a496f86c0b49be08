package dev.fovea.datasets.catalog;

import dev.fovea.datasets.Split;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change of images; what is empty stays.
 *
 * @param tags by name; an empty value removes the tag
 * @param split the new split
 * @param group the new group; an empty text takes images out of their group
 * @param removed whether images leave the data set
 */
public record ItemChange(
        SortedMap<String, Optional<String>> tags, Optional<Split> split, Optional<String> group, boolean removed) {

    public ItemChange {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** Another split. */
    public static ItemChange to(Split split) {
        return new ItemChange(new TreeMap<>(), Optional.of(split), Optional.empty(), false);
    }

    /** Images that leave the data set; its versions keep them. */
    public static ItemChange removal() {
        return new ItemChange(new TreeMap<>(), Optional.empty(), Optional.empty(), true);
    }
}
