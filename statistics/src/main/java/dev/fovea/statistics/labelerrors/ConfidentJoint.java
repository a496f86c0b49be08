package dev.fovea.statistics.labelerrors;

import dev.fovea.statistics.Softmax;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Confident learning: C. G. Northcutt, L. Jiang and I. L. Chuang, "Confident learning: estimating uncertainty in
 * dataset labels", Journal of Artificial Intelligence Research 70 (2021) 1373–1411, section 3.1. An item is counted for
 * a class when its probability reaches the class's threshold: the mean probability of the class among the items
 * labelled so. An item that reaches several thresholds is counted for its most probable class, as in cleanlab; one that
 * reaches none is not counted. Row: given label, column: likely label. Immutable.
 */
public final class ConfidentJoint {

    /** Slack of the comparison with a threshold, and half the lowest threshold, as in cleanlab. */
    private static final double SLACK = 1e-6;

    private static final int NOT_CONFIDENT = -1;

    private final int classes;
    private final int[] given;
    private final int[] likely;
    private final double[] thresholds;
    private final long[][] counts;
    private final long[] labelled;

    private ConfidentJoint(int[] given, double[][] probabilities) {
        this.classes = probabilities[0].length;
        this.given = given.clone();
        this.labelled = new long[classes];
        this.thresholds = thresholds(probabilities);
        this.likely = Arrays.stream(probabilities).mapToInt(this::confident).toArray();
        this.counts = new long[classes][classes];
        for (int i = 0; i < given.length; i++) {
            if (likely[i] != NOT_CONFIDENT) {
                counts[given[i]][likely[i]]++;
            }
        }
    }

    /**
     * The joint of N items.
     *
     * @param given {@code [N]} labels, in [0, K), N at least 1
     * @param probabilities {@code [N][K]}, K at least 2, each row from a model that was not fitted to its item
     */
    public static ConfidentJoint of(int[] given, double[][] probabilities) {
        LabelScore.check(given, probabilities);
        return new ConfidentJoint(given, probabilities);
    }

    private double[] thresholds(double[][] probabilities) {
        double[] sums = new double[classes];
        for (int i = 0; i < given.length; i++) {
            labelled[given[i]]++;
            sums[given[i]] += probabilities[i][given[i]];
        }
        for (int k = 0; k < classes; k++) {
            // no probability reaches the threshold of a class without items
            sums[k] = labelled[k] == 0 ? Double.POSITIVE_INFINITY : Math.max(2 * SLACK, sums[k] / labelled[k]);
        }
        return sums;
    }

    private int confident(double[] row) {
        int reached = 0;
        int only = NOT_CONFIDENT;
        for (int k = 0; k < classes; k++) {
            if (row[k] >= thresholds[k] - SLACK) {
                reached++;
                only = k;
            }
        }
        return reached > 1 ? Softmax.argMax(row) : only;
    }

    /** K. */
    public int classes() {
        return classes;
    }

    /** The items labelled with a class. */
    public long labelled(int label) {
        return labelled[label];
    }

    /** The probability from which an item counts for a class; infinite for a class without items. */
    public double threshold(int label) {
        return thresholds[label];
    }

    /** Items of a given label that count for a class. A diagonal count is at least 1, as in cleanlab. */
    public long count(int label, int likelyLabel) {
        return label == likelyLabel ? Math.max(1, counts[label][label]) : counts[label][likelyLabel];
    }

    /** Items of a given label that count for any class, at least 1. */
    public long counted(int label) {
        return IntStream.range(0, classes).mapToLong(k -> count(label, k)).sum();
    }

    /** The estimated number of items of a given label that belong to a class; a row sums to {@link #labelled}. */
    public double calibrated(int label, int likelyLabel) {
        return (double) count(label, likelyLabel) / counted(label) * labelled[label];
    }

    /** Items that count for another class than their label, ascending. */
    public int[] offDiagonal() {
        return IntStream.range(0, given.length)
                .filter(i -> likely[i] != NOT_CONFIDENT && likely[i] != given[i])
                .toArray();
    }
}
