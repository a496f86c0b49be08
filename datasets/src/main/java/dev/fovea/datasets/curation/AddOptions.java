package dev.fovea.datasets.curation;

import dev.fovea.imaging.metadata.ImageTags;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How images are added.
 *
 * @param inPlace whether files stay where they are instead of being copied into the home
 * @param location whether the position in an image's metadata is kept, and becomes tags; else it is erased from the
 *     stored bytes. Other EXIF data always becomes tags
 * @param tags of all images
 */
public record AddOptions(boolean inPlace, ImageTags.Location location, SortedMap<String, String> tags) {

    /** Copies, without location and further tags. */
    public static final AddOptions DEFAULT = new AddOptions(false, ImageTags.Location.DROP, new TreeMap<>());

    public AddOptions {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
}
