package dev.fovea.statistics.agreement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items grouped by their labels and annotators. Items of one group have the same posterior, so expectation maximization
 * runs over groups: three annotators of ten classes make at most 1,331 of any number of items. {@code patternOf[N]} is
 * the group of each item, {@code example[P]} an item of each group, {@code weight[P]} its items.
 */
final class RatingPatterns {

    final Ratings ratings;
    final int[] patternOf;
    final int[] example;
    final int[] weight;

    RatingPatterns(Ratings ratings) {
        this.ratings = ratings;
        Map<IntKey, Integer> known = new HashMap<>();
        int[] groups = new int[ratings.items()];
        int[] first = new int[ratings.items()];
        for (int item = 0; item < ratings.items(); item++) {
            int next = known.size();
            int group = known.computeIfAbsent(new IntKey(ratings.key(item)), key -> next);
            groups[item] = group;
            if (group == next) {
                first[next] = item;
            }
        }
        patternOf = groups;
        example = Arrays.copyOf(first, known.size());
        weight = new int[known.size()];
        for (int group : groups) {
            weight[group]++;
        }
    }

    /** P. */
    int count() {
        return weight.length;
    }

    /** First entry of a group in the ratings. */
    int start(int pattern) {
        return ratings.start(example[pattern]);
    }

    /** Where the entries of a group end in the ratings. */
    int end(int pattern) {
        return ratings.start(example[pattern] + 1);
    }

    /** Whole numbers compared by content; the array must not change. */
    static final class IntKey {

        private final int[] values;

        IntKey(int[] values) {
            this.values = values;
        }

        int[] values() {
            return values;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof IntKey key && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
