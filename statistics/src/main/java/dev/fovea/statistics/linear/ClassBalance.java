package dev.fovea.statistics.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How a fit counts the rows of rare classes. All but {@link #FOCAL} are sample weights. A row that is drawn twice has a
 * weight of 2 in the loss, so that oversampling every class to the size of the largest is {@link #WEIGHTS} at another
 * C.
 */
public enum ClassBalance {
    /** As often as they are. */
    NONE,
    /** By the square root of their rarity. */
    ROOT_WEIGHTS,
    /** By their rarity: all classes count the same. Equals oversampling. */
    WEIGHTS,
    /** As many rows of each class as the rarest has, drawn at random; the others are left out. */
    UNDERSAMPLED,
    /**
     * Rows that are predicted well count less: T.-Y. Lin et al., "Focal loss for dense object detection", ICCV 2017,
     * with their γ of 2.
     */
    FOCAL;

    private static final double FOCUS = 2;

    /** The focal loss's γ: 0 is the log loss. */
    public double focus() {
        return this == FOCAL ? FOCUS : 0;
    }

    /**
     * The targets that a fit gets.
     *
     * @param targets {@code [N,K]}
     * @param seed of the rows that are left out
     * @return the same rows; weights of rows that count have the mean 1, but for rows that are left out
     */
    public ClassTargets of(ClassTargets targets, long seed) {
        return switch (this) {
            case NONE, FOCAL -> targets;
            case ROOT_WEIGHTS -> weighted(targets, 0.5);
            case WEIGHTS -> weighted(targets, 1);
            case UNDERSAMPLED -> undersampled(targets, seed);
        };
    }

    private static ClassTargets weighted(ClassTargets targets, double power) {
        int[] labels = targets.labels();
        long[] counts = counts(labels, targets.classes());
        double[] weights = Arrays.stream(labels)
                .mapToDouble(label -> Math.pow((double) labels.length / counts[label], power))
                .toArray();
        double mean = Arrays.stream(weights).average().orElse(1);
        return targets.weighted(
                Arrays.stream(weights).map(weight -> weight / mean).toArray());
    }

    private static ClassTargets undersampled(ClassTargets targets, long seed) {
        int[] labels = targets.labels();
        long[] counts = counts(labels, targets.classes());
        long rarest = Arrays.stream(counts).filter(count -> count > 0).min().orElse(0);
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            rows.add(row);
        }
        Collections.shuffle(rows, new Random(seed));
        long[] taken = new long[targets.classes()];
        double[] weights = new double[labels.length];
        for (int row : rows) {
            weights[row] = taken[labels[row]]++ < rarest ? 1 : 0;
        }
        return targets.weighted(weights);
    }

    /** How many rows each class has, {@code [K]}. */
    static long[] counts(int[] labels, int classes) {
        long[] counts = new long[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
