package dev.fovea.traffic.retention;

/**
 * What became of the images of a part of a day, before any is chosen.
 *
 * @param seen images that may be kept: the population of the random sample
 * @param lost images that would have been staged and could not be, as with a full disk
 */
public record PartCounts(long seen, long lost) {

    /** Nothing yet. */
    public static final PartCounts NONE = new PartCounts(0, 0);

    /** The sum of two. */
    public PartCounts plus(PartCounts other) {
        return new PartCounts(seen + other.seen, lost + other.lost);
    }
}
