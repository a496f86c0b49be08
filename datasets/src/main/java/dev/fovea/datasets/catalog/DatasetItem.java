package dev.fovea.datasets.catalog;

import dev.fovea.datasets.Split;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image in a data set.
 *
 * @param id number in this home, ascending in the order of adding
 * @param image the stored image
 * @param split its split
 * @param group images of one group stay in one split
 * @param source where it came from
 * @param added when
 * @param tags by name, without the derived ones
 * @param label the annotation in force
 */
public record DatasetItem(
        long id,
        StoredImage image,
        Split split,
        Optional<String> group,
        String source,
        Instant added,
        SortedMap<String, String> tags,
        Optional<ItemAnnotation> label) {

    public DatasetItem {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** What a version says about it. */
    public ItemState state() {
        return new ItemState(
                split, group, tags, label.map(annotation -> annotation.content().value()));
    }
}
