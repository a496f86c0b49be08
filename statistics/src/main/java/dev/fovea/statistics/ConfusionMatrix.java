package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How often each class was answered with each class: {@code [K,K]}, the row is the truth, the column the answer, K at
 * least 1. An immutable value; two of different images add up.
 *
 * <p>What a division by zero would define is absent: precision where the class was never answered, recall where no
 * image shows it, F1 where both hold. Macro averages run over the classes that images show, and count an undefined
 * precision among them as 0: a model that never answers a class must not gain by it.
 *
 * @param counts K rows of K counts, none negative
 */
public record ConfusionMatrix(List<List<Long>> counts) {

    public ConfusionMatrix {
        counts = counts.stream().map(List::copyOf).toList();
        int classes = counts.size();
        Require.that(classes > 0, "A confusion matrix of no classes; there must be at least one.");
        for (List<Long> row : counts) {
            Require.that(row.size() == classes, "A row of %d counts in a matrix of %d rows.", row.size(), classes);
            Require.that(row.stream().allMatch(c -> c >= 0), "The row %s holds a negative count.", row);
        }
    }

    /** From an array {@code [K][K]}, row = truth. */
    public static ConfusionMatrix of(long[][] counts) {
        return new ConfusionMatrix(rows(
                counts.length,
                row -> IntStream.range(0, counts[row].length)
                        .mapToObj(c -> counts[row][c])
                        .toList()));
    }

    /**
     * Counts answers.
     *
     * @param classes K
     * @param truths per image, in [0, K)
     * @param answers per image, in [0, K), as many
     */
    public static ConfusionMatrix tally(int classes, int[] truths, int[] answers) {
        Require.that(classes > 0, "%d classes; there must be at least one.", classes);
        Require.that(truths.length == answers.length, "%d truths but %d answers.", truths.length, answers.length);
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < truths.length; i++) {
            Require.that(
                    truths[i] >= 0 && truths[i] < classes && answers[i] >= 0 && answers[i] < classes,
                    "Image %d has truth %d and answer %d; classes are 0 to %d.",
                    i,
                    truths[i],
                    answers[i],
                    classes - 1);
            counts[truths[i]][answers[i]]++;
        }
        return of(counts);
    }

    /** The sum of two matrices of the same classes. */
    public ConfusionMatrix plus(ConfusionMatrix other) {
        Require.that(
                classes() == other.classes(),
                "Matrices of %d and %d classes do not add up.",
                classes(),
                other.classes());
        return new ConfusionMatrix(rows(
                classes(),
                row -> IntStream.range(0, classes())
                        .mapToObj(column -> count(row, column) + other.count(row, column))
                        .toList()));
    }

    /** K. */
    public int classes() {
        return counts.size();
    }

    /** Images of class {@code truth} that were answered with class {@code answer}. */
    public long count(int truth, int answer) {
        return counts.get(truth).get(answer);
    }

    /** All images. */
    public long total() {
        return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    /** Images that were answered with their class. */
    public long correct() {
        return IntStream.range(0, classes()).mapToLong(this::truePositives).sum();
    }

    /** Images that show the class: its row's sum. */
    public long support(int label) {
        return counts.get(label).stream().mapToLong(Long::longValue).sum();
    }

    /** Images that were answered with the class: its column's sum. */
    public long answered(int label) {
        return counts.stream().mapToLong(row -> row.get(label)).sum();
    }

    /** Images of the class that were answered with it. */
    public long truePositives(int label) {
        return count(label, label);
    }

    /** Images of other classes that were answered with it. */
    public long falsePositives(int label) {
        return answered(label) - truePositives(label);
    }

    /** Images of the class that were answered otherwise. */
    public long falseNegatives(int label) {
        return support(label) - truePositives(label);
    }

    /** Correct answers among all; absent without images. */
    public OptionalDouble accuracy() {
        return ratio(correct(), total());
    }

    /** Right answers among the answers of this class; absent if it was never answered. */
    public OptionalDouble precision(int label) {
        return ratio(truePositives(label), answered(label));
    }

    /** Right answers among the images of this class; absent if no image shows it. */
    public OptionalDouble recall(int label) {
        return ratio(truePositives(label), support(label));
    }

    /** {@code 2 TP / (2 TP + FP + FN)}; absent if the class was neither shown nor answered. */
    public OptionalDouble f1(int label) {
        return ratio(2 * truePositives(label), support(label) + answered(label));
    }

    /** Mean precision of the classes that images show; absent without images. */
    public OptionalDouble macroPrecision() {
        return shown().mapToDouble(label -> precision(label).orElse(0)).average();
    }

    /** Mean recall of the classes that images show, also called balanced accuracy; absent without images. */
    public OptionalDouble macroRecall() {
        return shown().mapToDouble(label -> recall(label).orElse(0)).average();
    }

    /**
     * Mean of the F1 scores of the classes that images show; absent without images. (Not the F1 of the means: Opitz and
     * Burst, "Macro F1 and Macro F1", arXiv:1911.03347.)
     */
    public OptionalDouble macroF1() {
        return shown().mapToDouble(label -> f1(label).orElse(0)).average();
    }

    private IntStream shown() {
        return IntStream.range(0, classes()).filter(label -> support(label) > 0);
    }

    private static OptionalDouble ratio(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    private static List<List<Long>> rows(int classes, IntFunction<List<Long>> row) {
        List<List<Long>> rows = new ArrayList<>(classes);
        for (int i = 0; i < classes; i++) {
            rows.add(row.apply(i));
        }
        return rows;
    }
}
