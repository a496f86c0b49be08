package dev.fovea.labels.queue;

import dev.fovea.imaging.quality.PerceptualHash;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Images of the queue that look like its first one, so that a page of them can be labelled at once. Pure. */
public final class LookAlikes {

    /** So many images at the head of the queue are compared. */
    public static final int COMPARED = 2000;

    private LookAlikes() {}

    /**
     * An image of the queue.
     *
     * @param hash empty for an image of one colour
     */
    public record QueuedImage(long item, Optional<PerceptualHash> hash) {}

    /**
     * The first candidate and those nearest to it by the Hamming distance of their perceptual hashes; of equal
     * distance, the first ones.
     *
     * @param candidates in the order of the queue
     * @param count how many; fewer where there are fewer candidates
     */
    public static List<Long> page(List<QueuedImage> candidates, int count) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Optional<PerceptualHash> seed = candidates.getFirst().hash();
        return candidates.stream()
                .sorted(Comparator.comparingInt(each -> distance(seed, each.hash())))
                .limit(count)
                .map(QueuedImage::item)
                .toList();
    }

    /** Images of one colour look like each other and like no other. */
    private static int distance(Optional<PerceptualHash> one, Optional<PerceptualHash> other) {
        return one.isPresent() && other.isPresent()
                ? one.get().distance(other.get())
                : one.isPresent() || other.isPresent() ? PerceptualHash.LENGTH + 1 : 0;
    }
}
