package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * Nominal labels of N items by J annotators, with gaps: at most one label per item and annotator. Immutable. Stored by
 * item, so memory is O(items + ratings) and an annotator who saw few items costs nothing.
 */
public final class Ratings {

    /** Stands for a label that an annotator did not give. */
    public static final int MISSING = -1;

    private final int classes;
    private final int annotators;
    private final int[] starts;
    private final int[] raters;
    private final int[] labels;

    private Ratings(int classes, int annotators, int[] starts, int[] raters, int[] labels) {
        this.classes = classes;
        this.annotators = annotators;
        this.starts = starts;
        this.raters = raters;
        this.labels = labels;
    }

    /**
     * From a table.
     *
     * @param classes K, at least 1
     * @param table {@code [N][J]}, each in [0, K) or {@link #MISSING}; N and J at least 1
     */
    public static Ratings of(int classes, int[][] table) {
        Require.that(table.length > 0 && table[0].length > 0, "The table of labels is empty.");
        int annotators = table[0].length;
        int count = 0;
        for (int[] row : table) {
            Require.that(row.length == annotators, "A row of %d labels in a table of %d.", row.length, annotators);
            for (int label : row) {
                count += label == MISSING ? 0 : 1;
            }
        }
        int[] items = new int[count];
        int[] raters = new int[count];
        int[] labels = new int[count];
        int at = 0;
        for (int item = 0; item < table.length; item++) {
            for (int annotator = 0; annotator < annotators; annotator++) {
                if (table[item][annotator] != MISSING) {
                    items[at] = item;
                    raters[at] = annotator;
                    labels[at++] = table[item][annotator];
                }
            }
        }
        return of(classes, table.length, annotators, items, raters, labels);
    }

    /**
     * From one entry per label, in any order.
     *
     * @param classes K, at least 1
     * @param items N, at least 1
     * @param annotators J, at least 1
     * @param item per label, in [0, N)
     * @param annotator per label, in [0, J); an annotator labels an item at most once
     * @param label per label, in [0, K)
     */
    public static Ratings of(int classes, int items, int annotators, int[] item, int[] annotator, int[] label) {
        Require.that(classes > 0, "%d classes; there must be at least one.", classes);
        Require.that(items > 0 && annotators > 0, "%d items and %d annotators; both need one.", items, annotators);
        Require.that(
                item.length == label.length && annotator.length == label.length,
                "%d items and %d annotators of %d labels.",
                item.length,
                annotator.length,
                label.length);
        int[] starts = new int[items + 1];
        for (int r = 0; r < label.length; r++) {
            checkEntry(r, item[r], items, "items");
            checkEntry(r, annotator[r], annotators, "annotators");
            checkEntry(r, label[r], classes, "classes");
            starts[item[r] + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] raters = new int[label.length];
        int[] labels = new int[label.length];
        int[] next = starts.clone();
        for (int r : byAnnotator(annotators, annotator)) {
            int at = next[item[r]]++;
            raters[at] = annotator[r];
            labels[at] = label[r];
        }
        requireOnce(items, annotators, starts, raters);
        return new Ratings(classes, annotators, starts, raters, labels);
    }

    private static void checkEntry(int entry, int value, int bound, String what) {
        if (value < 0 || value >= bound) {
            Require.that(false, "Label %d names %d; the %s are 0 to %d.", entry, value, what, bound - 1);
        }
    }

    /** Entries in the order of their annotators, so that those of an item are in that order, too. */
    private static int[] byAnnotator(int annotators, int[] annotator) {
        int[] next = new int[annotators + 1];
        for (int rater : annotator) {
            next[rater + 1]++;
        }
        Arrays.parallelPrefix(next, Integer::sum);
        int[] order = new int[annotator.length];
        for (int r = 0; r < annotator.length; r++) {
            order[next[annotator[r]]++] = r;
        }
        return order;
    }

    private static void requireOnce(int items, int annotators, int[] starts, int[] raters) {
        int[] last = new int[annotators];
        for (int item = 0; item < items; item++) {
            for (int r = starts[item]; r < starts[item + 1]; r++) {
                if (last[raters[r]] == item + 1) {
                    Require.that(
                            false, "Annotator %d labelled item %d twice; keep the label in force.", raters[r], item);
                }
                last[raters[r]] = item + 1;
            }
        }
    }

    /** K. */
    public int classes() {
        return classes;
    }

    /** N, items without labels included. */
    public int items() {
        return starts.length - 1;
    }

    /** J, annotators without labels included. */
    public int annotators() {
        return annotators;
    }

    /** All labels. */
    public int size() {
        return labels.length;
    }

    /** Labels of an item. */
    public int count(int item) {
        return starts[item + 1] - starts[item];
    }

    /** Labels of each annotator, {@code [J]}. */
    public int[] countPerAnnotator() {
        int[] counts = new int[annotators];
        for (int rater : raters) {
            counts[rater]++;
        }
        return counts;
    }

    /** The label of an item by an annotator, or {@link #MISSING}. */
    public int label(int item, int annotator) {
        for (int r = starts[item]; r < starts[item + 1]; r++) {
            if (raters[r] == annotator) {
                return labels[r];
            }
        }
        return MISSING;
    }

    /** Entries of an item as one key: equal for items with the same labels by the same annotators. */
    int[] key(int item) {
        int[] key = new int[2 * count(item)];
        for (int r = 0; r < count(item); r++) {
            key[2 * r] = raters[starts[item] + r];
            key[2 * r + 1] = labels[starts[item] + r];
        }
        return key;
    }

    /** First entry of an item, in the order of annotators; its entries end before {@code start(item + 1)}. */
    int start(int item) {
        return starts[item];
    }

    int raterAt(int entry) {
        return raters[entry];
    }

    int labelAt(int entry) {
        return labels[entry];
    }
}
