package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * A distribution over K classes for each of N items. Immutable; items with the same labels share one distribution.
 *
 * <p>Ties: classes within 1e-9 of the greatest probability are tied. {@link #label} picks one of them by a hash of the
 * item's index, so that ties favour no class and the same labels give the same result. {@link #tied} says so.
 */
public final class SoftLabels {

    private static final double TIE = 1e-9;

    private final int classes;
    private final int[] rowOf;
    private final double[] rows;

    /**
     * Takes the arrays over.
     *
     * @param rowOf {@code [N]} row of each item
     * @param rows {@code [R*K]} distributions
     */
    SoftLabels(int classes, int[] rowOf, double[] rows) {
        this.classes = classes;
        this.rowOf = rowOf;
        this.rows = rows;
    }

    /** N. */
    public int items() {
        return rowOf.length;
    }

    /** K. */
    public int classes() {
        return classes;
    }

    /** Probability that the item is of the class. */
    public double probability(int item, int label) {
        Require.that(label >= 0 && label < classes, "Class %d; the classes are 0 to %d.", label, classes - 1);
        return rows[rowOf[item] * classes + label];
    }

    /** The item's distribution, {@code [K]}, sum 1. */
    public double[] distribution(int item) {
        int row = rowOf[item] * classes;
        return Arrays.copyOfRange(rows, row, row + classes);
    }

    /** The most probable class of the item; for ties see the class comment. */
    public int label(int item) {
        int tied = countTied(item);
        int pick = tied == 1 ? 0 : (int) Math.floorMod(mixed(item), (long) tied);
        double limit = max(item) - TIE;
        int row = rowOf[item] * classes;
        int label = 0;
        while (rows[row + label] < limit || pick-- > 0) {
            label++;
        }
        return label;
    }

    /** {@link #label} of all items, {@code [N]}. */
    public int[] labels() {
        int[] labels = new int[items()];
        Arrays.setAll(labels, this::label);
        return labels;
    }

    /** Whether two or more classes share the greatest probability. */
    public boolean tied(int item) {
        return countTied(item) > 1;
    }

    /** Uncertainty of the item in nats: 0 is certain, {@code ln K} is uniform. */
    public double entropy(int item) {
        double entropy = 0;
        int row = rowOf[item] * classes;
        for (int label = 0; label < classes; label++) {
            double p = rows[row + label];
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        return entropy;
    }

    private int countTied(int item) {
        double limit = max(item) - TIE;
        int row = rowOf[item] * classes;
        int tied = 0;
        for (int label = 0; label < classes; label++) {
            tied += rows[row + label] >= limit ? 1 : 0;
        }
        return tied;
    }

    private double max(int item) {
        int row = rowOf[item] * classes;
        double max = rows[row];
        for (int label = 1; label < classes; label++) {
            max = Math.max(max, rows[row + label]);
        }
        return max;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mixed(long item) {
        long z = (item + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 1;
    }
}
