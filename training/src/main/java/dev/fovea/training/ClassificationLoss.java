package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Cross-entropy with label smoothing (Szegedy et al. 2016, <i>Rethinking the Inception Architecture</i>, section 7) and
 * class weights; the mean over the batch, weighted alike.
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

    /** A scalar, for scores {@code [N, classes]} before softmax and as many labels. */
    NDArray of(NDArray scores, int[] labels) {
        NDManager pass = scores.getManager();
        NDArray targets = pass.create(targets(labels), new Shape(labels.length, weights.length));
        return scores.logSoftmax(1).mul(targets).sum().neg();
    }

    private float[] targets(int[] labels) {
        int classes = weights.length;
        double total =
                Arrays.stream(labels).mapToDouble(label -> weights[label]).sum();
        float[] targets = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            double share = weights[labels[i]] / total;
            for (int c = 0; c < classes; c++) {
                double certainty = (c == labels[i] ? 1 - smoothing : 0) + smoothing / classes;
                targets[i * classes + c] = (float) (share * certainty);
            }
        }
        return targets;
    }
}
