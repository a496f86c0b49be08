package dev.fovea.pipeline.head;

import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.training.Sample;
import java.util.List;

/**
 * Labels mixed with what teachers predict: {@code (1 - w) y + w p}. Cross-entropy is linear in its targets, so this is
 * the loss of Hinton, Vinyals and Dean (2015) at temperature 1. Pure.
 */
final class MixedTargets {

    private MixedTargets() {}

    /** {@code [N,K]}; an image without a prediction keeps its label. */
    static ClassTargets of(List<LabelledFile> images, int classes, double weight) {
        return ClassTargets.ofSoftLabels(images.stream()
                .map(image -> mixed(image.sample(), classes, weight))
                .toArray(double[][]::new));
    }

    private static double[] mixed(Sample sample, int classes, double weight) {
        double[] targets = sample.probabilities(classes);
        sample.taught(classes).ifPresent(predicted -> {
            for (int k = 0; k < classes; k++) {
                targets[k] = (1 - weight) * targets[k] + weight * predicted[k];
            }
        });
        return targets;
    }
}
