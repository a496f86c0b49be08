package dev.fovea.traffic.retention;

import java.util.List;

/**
 * What is kept of a model's images.
 *
 * @param images in data sets
 * @param bytes of those that expire
 * @param waiting images that were chosen and are not in their data set yet
 * @param open the parts of days that take images, the oldest first
 */
public record KeepTotals(long images, long bytes, long waiting, List<OpenCounts> open) {

    /**
     * Counts of a part that is not closed.
     *
     * @param counts of its images so far
     * @param staged images that may be kept
     */
    public record OpenCounts(KeepPart part, PartCounts counts, long staged) {}

    public KeepTotals {
        open = List.copyOf(open);
    }
}
