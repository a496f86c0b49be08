package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fovea.training.Batch.Target;
import java.util.Arrays;

/**
 * Cross-entropy with label smoothing (Szegedy et al. 2016, <i>Rethinking the Inception Architecture</i>, section 7) and
 * class weights; the weighted mean over the batch.
 */
final class ClassificationLoss {

    private final double[] weights;
    private final double smoothing;

    private ClassificationLoss(double[] weights, double smoothing) {
        this.weights = weights;
        this.smoothing = smoothing;
    }

    /**
     * A loss for the labels of a training set. With balancing a class weighs {@code sqrt(mean count / count)}: rare
     * classes are heard without drowning the frequent ones.
     */
    static ClassificationLoss of(int[] labels, int classes, boolean balanced, double smoothing) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        if (balanced) {
            int[] counts = new int[classes];
            Arrays.stream(labels).forEach(label -> counts[label]++);
            double mean = labels.length / (double) classes;
            Arrays.setAll(weights, c -> counts[c] == 0 ? 1 : Math.sqrt(mean / counts[c]));
        }
        return new ClassificationLoss(weights, smoothing);
    }

    /** Plain cross-entropy. */
    static ClassificationLoss plain(int classes) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        return new ClassificationLoss(weights, 0);
    }

    /** A scalar, for scores {@code [N, classes]} before softmax and as many targets. */
    NDArray of(NDArray scores, Target[] targets) {
        NDManager pass = scores.getManager();
        NDArray wanted = pass.create(probabilities(targets), new Shape(targets.length, weights.length));
        return scores.logSoftmax(1).mul(wanted).sum().neg();
    }

    private float[] probabilities(Target[] targets) {
        int classes = weights.length;
        double total = Arrays.stream(targets).mapToDouble(this::weight).sum();
        float[] probabilities = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            Target target = targets[i];
            double weight = weight(target) / total;
            for (int c = 0; c < classes; c++) {
                probabilities[i * classes + c] = (float) (weight * smoothing / classes);
            }
            double sure = weight * (1 - smoothing);
            probabilities[i * classes + target.label()] += (float) (sure * (1 - target.share()));
            probabilities[i * classes + target.other()] += (float) (sure * target.share());
        }
        return probabilities;
    }

    private double weight(Target target) {
        return weights[target.label()] * (1 - target.share()) + weights[target.other()] * target.share();
    }
}
