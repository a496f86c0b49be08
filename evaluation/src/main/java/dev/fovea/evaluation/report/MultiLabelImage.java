package dev.fovea.evaluation.report;

import java.util.Set;

/**
 * An image with any number of labels, predicted.
 *
 * @param truth labels that it shows
 * @param scores {@code [K]}, the probability of each label, in label order
 */
public record MultiLabelImage(Set<String> truth, double[] scores) {

    public MultiLabelImage {
        truth = Set.copyOf(truth);
        scores = scores.clone();
    }

    @Override
    public double[] scores() {
        return scores.clone();
    }
}
