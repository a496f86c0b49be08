package dev.fovea.datasets.curation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.drawing.RegionBlur;
import dev.fovea.imaging.metadata.ImageTags;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How images are added.
 *
 * @param inPlace whether files stay where they are instead of being copied into the home
 * @param location whether the position in an image's metadata is kept, and becomes tags; else it is erased from the
 *     stored bytes. Other EXIF data always becomes tags
 * @param tags of all images
 * @param blurring what is made unrecognizable
 */
public record AddOptions(
        boolean inPlace,
        ImageTags.Location location,
        SortedMap<String, String> tags,
        Optional<IntakeBlurring> blurring) {

    /** Copies, without location and further tags. */
    public static final AddOptions DEFAULT = new AddOptions(false, ImageTags.Location.DROP, new TreeMap<>());

    /**
     * Regions to be made unrecognizable.
     *
     * @param finder finds them
     * @param method how
     */
    public record IntakeBlurring(RegionFinder finder, RegionBlur.Method method) {}

    /** {@code ARGUMENT_INVALID} for files in place that are to be blurred. */
    public AddOptions {
        if (inPlace && blurring.isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Files in place stay as they are, so that nothing can be blurred in them. Leave out --in-place or --blur.");
        }
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** Without blurring. */
    public AddOptions(boolean inPlace, ImageTags.Location location, SortedMap<String, String> tags) {
        this(inPlace, location, tags, Optional.empty());
    }
}
