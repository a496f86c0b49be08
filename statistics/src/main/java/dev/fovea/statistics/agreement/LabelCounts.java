package dev.fovea.statistics.agreement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Items grouped by their labels irrespective of the annotators: the count of each class. Items of one group are
 * exchangeable for Fleiss' kappa and Krippendorff's alpha. Three annotators and ten classes make at most 286 groups.
 */
final class LabelCounts {

    private final int[] groups;
    private final int[] sizes;
    private final int[][] sorted;

    /** Of the items with at least two labels. */
    LabelCounts(Ratings ratings) {
        Map<RatingPatterns.IntKey, Integer> known = new HashMap<>();
        int[] found = new int[ratings.items()];
        int items = 0;
        for (int item = 0; item < ratings.items(); item++) {
            if (ratings.count(item) >= 2) {
                int[] labels = new int[ratings.count(item)];
                for (int r = 0; r < labels.length; r++) {
                    labels[r] = ratings.labelAt(ratings.start(item) + r);
                }
                Arrays.sort(labels);
                found[items++] = known.computeIfAbsent(new RatingPatterns.IntKey(labels), key -> known.size());
            }
        }
        groups = Arrays.copyOf(found, items);
        sorted = new int[known.size()][];
        known.forEach((key, group) -> sorted[group] = key.values());
        sizes = new int[known.size()];
        for (int group : groups) {
            sizes[group]++;
        }
    }

    /** Why there is nothing to compare; call it when {@link #count()} is 0. */
    static Agreement.Undefined nothing(Ratings ratings) {
        long active = Arrays.stream(ratings.countPerAnnotator())
                .filter(count -> count > 0)
                .count();
        return new Agreement.Undefined(active == 1 ? Agreement.Reason.ONE_ANNOTATOR : Agreement.Reason.NO_OVERLAP);
    }

    /** {@code [items]}: the group of each item that has two labels or more. */
    int[] groups() {
        return groups;
    }

    /** {@code [G]}: the items of each group. */
    int[] sizes() {
        return sizes;
    }

    /** G. */
    int count() {
        return sizes.length;
    }

    /** The labels of a group in ascending order, two or more. */
    int[] labels(int group) {
        return sorted[group];
    }
}
