package dev.fovea.datasets.similarity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups of rows that are connected by pairs: single linkage. Not thread-safe. */
public final class RowGroups {

    private final int[] parents;

    /** Every row by itself. */
    public RowGroups(int rows) {
        parents = new int[rows];
        for (int row = 0; row < rows; row++) {
            parents[row] = row;
        }
    }

    /** The groups that pairs make. */
    public static List<List<Integer>> of(int rows, List<EmbeddingDuplicates.Pair> pairs) {
        RowGroups groups = new RowGroups(rows);
        pairs.forEach(pair -> groups.join(pair.left(), pair.right()));
        return groups.groups();
    }

    /** Puts two rows and their groups into one. */
    public void join(int left, int right) {
        parents[root(right)] = root(left);
    }

    /** The groups of two or more, each in ascending order, ordered by their first rows. */
    public List<List<Integer>> groups() {
        return all().stream().filter(group -> group.size() > 1).toList();
    }

    /** The same with rows that are in no group, each by itself. */
    public List<List<Integer>> all() {
        Map<Integer, List<Integer>> byRoot = new LinkedHashMap<>();
        for (int row = 0; row < parents.length; row++) {
            byRoot.computeIfAbsent(root(row), root -> new ArrayList<>()).add(row);
        }
        return List.copyOf(byRoot.values());
    }

    private int root(int row) {
        int root = row;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }
}
