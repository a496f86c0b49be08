package dev.fovea.labels;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.labels.queue.Vote;
import java.util.List;

/**
 * An image about which people disagree.
 *
 * @param item the image with the label in force
 * @param votes one for each person
 * @param confidence of the label
 */
public record Disagreement(DatasetItem item, List<Vote> votes, double confidence) {

    public Disagreement {
        votes = List.copyOf(votes);
    }
}
