package dev.fovea.datasets.catalog;

import dev.fovea.datasets.Split;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An image to add to a data set.
 *
 * @param image stored already
 * @param split {@code UNASSIGNED} leaves the split of an image that is in the data set
 * @param group images of one group stay in one split
 * @param source where it comes from, such as a path relative to a folder
 * @param tags by name
 * @param annotation its label, if known
 */
public record NewItem(
        StoredImage image,
        Split split,
        Optional<String> group,
        String source,
        SortedMap<String, String> tags,
        Optional<NewAnnotation> annotation) {}
