package dev.fovea.labels.queue;

import dev.fovea.datasets.catalog.ItemAnnotation;
import java.util.List;
import java.util.Optional;

/**
 * What is known about an image when its label is decided.
 *
 * @param votes one for each person, in the order in which they were made
 * @param needed how many people are to label it
 * @param newest the vote that was just recorded
 * @param late whether its lease had expired
 * @param label the label in force before
 */
public record Ballot(List<Vote> votes, int needed, Vote newest, boolean late, Optional<ItemAnnotation> label) {

    public Ballot {
        votes = List.copyOf(votes);
    }
}
