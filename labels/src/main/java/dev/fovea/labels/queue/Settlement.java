package dev.fovea.labels.queue;

import dev.fovea.datasets.annotation.AnnotationValue;

/** What votes make of an image's label. */
public sealed interface Settlement {

    /** The label in force stays as it is; more people are needed. */
    record Waiting() implements Settlement {}

    /** The label in force stays, and nobody else is needed. */
    record Unchanged() implements Settlement {}

    /** The annotation of one person is in force. */
    record Adopted(Vote vote) implements Settlement {}

    /**
     * A consensus is in force.
     *
     * @param value what it says
     * @param confidence probability that it is right, 0 to 1
     * @param disputed whether people disagree
     */
    record Agreed(AnnotationValue value, double confidence, boolean disputed) implements Settlement {}

    /** Decides the label of an image. Pure; runs within the transaction that records the vote. */
    @FunctionalInterface
    interface VotingRule {
        /** What the votes make of the label. */
        Settlement of(Ballot ballot);
    }
}
