package dev.fovea.labels.queue;

import dev.fovea.datasets.tree.ContentHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first images of a data set, which several people label blind: without predictions, honeypots, or sight of what
 * others said.
 *
 * @param number from 1 in each data set
 * @param people how many label each image, 2 to {@value #MAX_PEOPLE}
 * @param images that are still in the data set
 * @param author who started it
 * @param drawn when
 * @param ended when somebody ended it early
 */
public record Pilot(
        int number, int people, List<ContentHash> images, String author, Instant drawn, Optional<Instant> ended) {

    /** More people than this are refused. */
    public static final int MAX_PEOPLE = 20;

    public Pilot {
        images = List.copyOf(images);
    }
}
