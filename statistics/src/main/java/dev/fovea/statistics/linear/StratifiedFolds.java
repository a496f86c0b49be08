package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows dealt to k folds so that each has about the same share of every class and rows of one group stay together.
 * Groups are shuffled by a seed, then the large ones are placed first, each in the fold that has the fewest of its
 * classes. Without groups, the counts of a class differ by at most 1 between folds. Immutable.
 */
public final class StratifiedFolds {

    private final int folds;
    private final int[] foldOf;

    private StratifiedFolds(int folds, int[] foldOf) {
        this.folds = folds;
        this.foldOf = foldOf;
    }

    /** Folds of ungrouped rows; see {@link #of(int[], int[], int, long)}. */
    public static StratifiedFolds of(int[] labels, int folds, long seed) {
        int[] groups = new int[labels.length];
        Arrays.setAll(groups, i -> i);
        return of(labels, groups, folds, seed);
    }

    /**
     * Folds of grouped rows.
     *
     * @param labels {@code [N]} classes, not negative
     * @param groups {@code [N]} group of each row, any numbers
     * @param folds at least 2 and at most the number of groups
     * @param seed of the shuffle
     */
    public static StratifiedFolds of(int[] labels, int[] groups, int folds, long seed) {
        Require.that(labels.length == groups.length, "%d labels but %d groups.", labels.length, groups.length);
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            rows.computeIfAbsent(groups[i], group -> new ArrayList<>()).add(i);
        }
        Require.that(
                folds >= 2 && folds <= rows.size(),
                "%d folds of %d groups; there must be at least 2 and no more than groups.",
                folds,
                rows.size());
        List<List<Integer>> order = new ArrayList<>(rows.values());
        shuffle(order, new SplittableRandom(seed));
        order.sort((a, b) -> Integer.compare(b.size(), a.size()));
        return new StratifiedFolds(folds, deal(order, labels, folds));
    }

    private static int[] deal(List<List<Integer>> groups, int[] labels, int folds) {
        int classes = Arrays.stream(labels).max().orElse(0) + 1;
        int[] sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        int[][] counts = new int[folds][classes];
        int[] filled = new int[folds];
        int[] foldOf = new int[labels.length];
        for (List<Integer> group : groups) {
            Map<Integer, Integer> members = new HashMap<>();
            group.forEach(row -> members.merge(labels[row], 1, Integer::sum));
            int best = 0;
            double lowest = Double.POSITIVE_INFINITY;
            for (int fold = 0; fold < folds; fold++) {
                double held = 0;
                for (Map.Entry<Integer, Integer> member : members.entrySet()) {
                    held += (double) counts[fold][member.getKey()] * member.getValue() / sizes[member.getKey()];
                }
                if (held < lowest || (held == lowest && filled[fold] < filled[best])) {
                    lowest = held;
                    best = fold;
                }
            }
            for (int row : group) {
                foldOf[row] = best;
                counts[best][labels[row]]++;
            }
            filled[best] += group.size();
        }
        return foldOf;
    }

    private static void shuffle(List<List<Integer>> groups, SplittableRandom random) {
        for (int i = groups.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            List<Integer> kept = groups.get(i);
            groups.set(i, groups.get(other));
            groups.set(other, kept);
        }
    }

    /** k. */
    public int folds() {
        return folds;
    }

    /** N. */
    public int rows() {
        return foldOf.length;
    }

    /** The fold of a row. */
    public int fold(int row) {
        return foldOf[row];
    }

    /** The rows of a fold, ascending. */
    public int[] inside(int fold) {
        return rowsWhere(fold, true);
    }

    /** The rows of all other folds, ascending. */
    public int[] outside(int fold) {
        return rowsWhere(fold, false);
    }

    private int[] rowsWhere(int fold, boolean equal) {
        int[] rows = new int[foldOf.length];
        int count = 0;
        for (int i = 0; i < foldOf.length; i++) {
            if ((foldOf[i] == fold) == equal) {
                rows[count++] = i;
            }
        }
        return Arrays.copyOf(rows, count);
    }
}
