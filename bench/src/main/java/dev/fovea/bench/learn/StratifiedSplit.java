package dev.fovea.bench.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The division of scikit-learn's {@code train_test_split(test_size=0.2, stratify=labels, random_state=seed)}.
 *
 * @param training indices of items, class by class, those of a class in the order that they were drawn in
 * @param test the same
 */
record StratifiedSplit(List<Integer> training, List<Integer> test) {

    private static final double TEST = 0.2;

    static StratifiedSplit of(int[] labels, int classes, int seed) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        int testSize = (int) Math.ceil(TEST * labels.length);
        NumpyRandom random = new NumpyRandom(seed);
        int[] training = shares(counts, labels.length - testSize, random);
        int[] remaining = new int[classes];
        Arrays.setAll(remaining, k -> counts[k] - training[k]);
        int[] test = shares(remaining, testSize, random);
        List<Integer> inTraining = new ArrayList<>();
        List<Integer> inTest = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            int label = k;
            int[] members = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == label)
                    .toArray();
            int[] drawn = random.permutation(members.length);
            for (int i = 0; i < training[k] + test[k]; i++) {
                (i < training[k] ? inTraining : inTest).add(members[drawn[i]]);
            }
        }
        return new StratifiedSplit(inTraining, inTest);
    }

    /** {@code _approximate_mode}: counts in proportion, the largest remainders rounded up, ties by lot. */
    private static int[] shares(int[] counts, int draws, NumpyRandom random) {
        double total = Arrays.stream(counts).sum();
        double[] remainders = new double[counts.length];
        int[] shares = new int[counts.length];
        int missing = draws;
        for (int k = 0; k < counts.length; k++) {
            double exact = counts[k] / total * draws;
            shares[k] = (int) Math.floor(exact);
            remainders[k] = exact - shares[k];
            missing -= shares[k];
        }
        List<Double> values = Arrays.stream(remainders)
                .distinct()
                .boxed()
                .sorted(Comparator.reverseOrder())
                .toList();
        for (int v = 0; v < values.size() && missing > 0; v++) {
            double value = values.get(v);
            int[] tied = IntStream.range(0, counts.length)
                    .filter(k -> remainders[k] == value)
                    .toArray();
            int[] order = random.permutation(tied.length);
            for (int i = 0; i < Math.min(tied.length, missing); i++) {
                shares[tied[order[i]]]++;
            }
            missing -= Math.min(tied.length, missing);
        }
        return shares;
    }

    /** The same test items with so many training items of each class. */
    StratifiedSplit first(int perClass, int[] labels) {
        int[] taken = new int[Arrays.stream(labels).max().orElse(0) + 1];
        return new StratifiedSplit(
                training.stream().filter(i -> taken[labels[i]]++ < perClass).toList(), test);
    }
}
