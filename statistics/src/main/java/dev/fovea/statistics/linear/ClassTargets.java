package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * What a classifier is fitted to: a weight for each of K classes in each of N rows, {@code [N,K]}. A label is a weight
 * of 1 for its class. A soft label is a distribution. The sum of a row is its sample weight. Immutable.
 */
public final class ClassTargets {

    private final int rows;
    private final int classes;
    private final double[] weights;

    private ClassTargets(int rows, int classes, double[] weights) {
        this.rows = rows;
        this.classes = classes;
        this.weights = weights;
    }

    /**
     * Labels.
     *
     * @param labels {@code [N]}, in [0, K)
     * @param classes K, at least 2
     */
    public static ClassTargets ofLabels(int[] labels, int classes) {
        Require.that(classes >= 2, "%d classes; a classifier needs at least two.", classes);
        double[] weights = new double[Math.multiplyExact(labels.length, classes)];
        for (int i = 0; i < labels.length; i++) {
            Require.that(
                    labels[i] >= 0 && labels[i] < classes,
                    "Row %d has label %d; classes are 0 to %d.",
                    i,
                    labels[i],
                    classes - 1);
            weights[i * classes + labels[i]] = 1;
        }
        return new ClassTargets(labels.length, classes, weights);
    }

    /** Soft labels {@code [N][K]}, K at least 2: weights that are finite and not negative. */
    public static ClassTargets ofSoftLabels(double[][] labels) {
        int classes = labels.length == 0 ? 0 : labels[0].length;
        Require.that(classes >= 2, "%d classes; a classifier needs at least two.", classes);
        double[] weights = new double[Math.multiplyExact(labels.length, classes)];
        for (int i = 0; i < labels.length; i++) {
            Require.that(
                    labels[i].length == classes, "Row %d has %d classes, the first %d.", i, labels[i].length, classes);
            for (int k = 0; k < classes; k++) {
                Require.that(
                        labels[i][k] >= 0 && Double.isFinite(labels[i][k]),
                        "Row %d has weight %s for class %d; weights are finite and not negative.",
                        i,
                        labels[i][k],
                        k);
                weights[i * classes + k] = labels[i][k];
            }
        }
        return new ClassTargets(labels.length, classes, weights);
    }

    /** These targets with each row multiplied by a sample weight, {@code [N]}, finite and not negative. */
    public ClassTargets weighted(double[] sampleWeights) {
        Require.that(sampleWeights.length == rows, "%d sample weights for %d rows.", sampleWeights.length, rows);
        double[] scaled = weights.clone();
        for (int i = 0; i < rows; i++) {
            Require.that(
                    sampleWeights[i] >= 0 && Double.isFinite(sampleWeights[i]),
                    "Row %d has sample weight %s; weights are finite and not negative.",
                    i,
                    sampleWeights[i]);
            for (int k = 0; k < classes; k++) {
                scaled[i * classes + k] *= sampleWeights[i];
            }
        }
        return new ClassTargets(rows, classes, scaled);
    }

    /** N. */
    public int rows() {
        return rows;
    }

    /** K. */
    public int classes() {
        return classes;
    }

    /** The weight of a class in a row. */
    public double weight(int row, int label) {
        return weights[row * classes + label];
    }

    /** The sum of a row: its sample weight. */
    public double weight(int row) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += weights[row * classes + k];
        }
        return sum;
    }

    /** The sum of all weights. */
    public double total() {
        return Arrays.stream(weights).sum();
    }

    /** The class of the greatest weight in each row, the first of several, {@code [N]}. */
    public int[] labels() {
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            for (int k = 1; k < classes; k++) {
                labels[i] = weight(i, k) > weight(i, labels[i]) ? k : labels[i];
            }
        }
        return labels;
    }

    /** The rows of these indices, in their order. */
    public ClassTargets select(int[] indices) {
        double[] selected = new double[indices.length * classes];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(weights, indices[i] * classes, selected, i * classes, classes);
        }
        return new ClassTargets(indices.length, classes, selected);
    }

    /** {@code sum_i sum_k t_ik * -ln(p_ik) / sum t} in nats, with probabilities {@code [N][K]} of at least 1e-15. */
    public double logLoss(double[][] probabilities) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < classes; k++) {
                double weight = weights[i * classes + k];
                sum -= weight > 0 ? weight * Math.log(Math.max(1e-15, probabilities[i][k])) : 0;
            }
        }
        return sum / total();
    }
}
