package dev.fovea.statistics.agreement;

import java.util.List;

/**
 * A consensus by a model of the annotators.
 *
 * @param consensus soft labels and skills
 * @param prior {@code [K]} share of each class
 * @param confusions one per annotator, in order
 * @param convergence of the fit
 */
public record ConfusionFit(
        Consensus consensus, List<Double> prior, List<AnnotatorConfusion> confusions, Convergence convergence) {

    public ConfusionFit {
        prior = List.copyOf(prior);
        confusions = List.copyOf(confusions);
    }
}
