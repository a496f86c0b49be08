package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fovea.training.batch.Batch.Target;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy with class weights; the weighted mean over the batch. Hard labels are smoothed (Szegedy et al. 2016,
 * <i>Rethinking the Inception Architecture</i>, section 7). Soft labels are the target as they are: they say themselves
 * how uncertain they are (Peterson et al. 2019, <i>Human uncertainty makes classification more robust</i>).
 */
final class ClassificationLoss {

    private final double[] weights;
    private final double smoothing;

    private ClassificationLoss(double[] weights, double smoothing) {
        this.weights = weights;
        this.smoothing = smoothing;
    }

    /**
     * A loss for a training set. With balancing a class weighs {@code sqrt(mean count / count)}: rare classes are heard
     * without drowning the frequent ones. A soft label counts for each class by its probability.
     */
    static ClassificationLoss of(List<Sample> training, int classes, boolean balanced, double smoothing) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        if (balanced) {
            double[] counts = new double[classes];
            for (Sample sample : training) {
                double[] probabilities = sample.probabilities(classes);
                Arrays.setAll(counts, c -> counts[c] + probabilities[c]);
            }
            double mean = training.size() / (double) classes;
            // a class that only soft labels name, and rarely, must not weigh more than one image of a class would
            Arrays.setAll(weights, c -> counts[c] == 0 ? 1 : Math.sqrt(mean / Math.max(1, counts[c])));
        }
        return new ClassificationLoss(weights, smoothing);
    }

    /** What an image is to be predicted as, with its weight. */
    Target target(Sample sample) {
        int classes = weights.length;
        double[] probabilities = sample.probabilities(classes);
        double weight = 0;
        for (int c = 0; c < classes; c++) {
            weight += probabilities[c] * weights[c];
        }
        if (!sample.hasSoftLabel()) {
            Arrays.setAll(probabilities, c -> probabilities[c] * (1 - smoothing) + smoothing / classes);
        }
        return new Target(probabilities, weight);
    }

    /** The targets of images; those with the same hard label share one. */
    Target[] targets(List<Sample> samples) {
        Target[] hard = new Target[weights.length];
        return samples.stream()
                .map(sample -> {
                    if (sample.hasSoftLabel()) {
                        return target(sample);
                    }
                    if (hard[sample.label()] == null) {
                        hard[sample.label()] = target(sample);
                    }
                    return hard[sample.label()];
                })
                .toArray(Target[]::new);
    }

    /** A scalar, for scores {@code [N, classes]} before softmax and as many targets. */
    NDArray of(NDArray scores, Target[] targets) {
        NDManager pass = scores.getManager();
        NDArray wanted = pass.create(weighted(targets), new Shape(targets.length, weights.length));
        return scores.logSoftmax(1).mul(wanted).sum().neg();
    }

    private float[] weighted(Target[] targets) {
        int classes = weights.length;
        double total = Arrays.stream(targets).mapToDouble(Target::weight).sum();
        float[] weighted = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            for (int c = 0; c < classes; c++) {
                weighted[i * classes + c] =
                        (float) (targets[i].weight() / total * targets[i].probabilities()[c]);
            }
        }
        return weighted;
    }
}
