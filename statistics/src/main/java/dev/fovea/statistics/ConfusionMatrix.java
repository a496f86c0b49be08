package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Counts of true class against predicted class: {@code [K,K]}, rows are truths, columns are predictions, K at least 1.
 * Immutable; matrices of different images add up.
 *
 * <p>Ratios with a zero denominator are absent: precision of a class without predictions, recall of a class without
 * images, F1 of a class without either. Macro averages run over the classes with images. They count an undefined
 * precision as 0, so that a model cannot gain by never predicting a class.
 *
 * @param counts K rows of K counts, none negative
 */
public record ConfusionMatrix(List<List<Long>> counts) {

    public ConfusionMatrix {
        counts = counts.stream().map(List::copyOf).toList();
        int classes = counts.size();
        Require.that(classes > 0, "The confusion matrix has no classes; there must be at least one.");
        for (List<Long> row : counts) {
            Require.that(row.size() == classes, "A row of %d counts in a matrix of %d rows.", row.size(), classes);
            Require.that(row.stream().allMatch(c -> c >= 0), "The row %s contains a negative count.", row);
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
     * Counts predictions.
     *
     * @param classes K
     * @param truths per image, in [0, K)
     * @param predictions per image, in [0, K), same length
     */
    public static ConfusionMatrix tally(int classes, int[] truths, int[] predictions) {
        Require.that(classes > 0, "%d classes; there must be at least one.", classes);
        Require.that(
                truths.length == predictions.length,
                "%d truths but %d predictions.",
                truths.length,
                predictions.length);
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < truths.length; i++) {
            Require.that(
                    truths[i] >= 0 && truths[i] < classes && predictions[i] >= 0 && predictions[i] < classes,
                    "Image %d has truth %d and prediction %d; classes are 0 to %d.",
                    i,
                    truths[i],
                    predictions[i],
                    classes - 1);
            counts[truths[i]][predictions[i]]++;
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

    /** Images of class {@code truth} that were predicted as class {@code prediction}. */
    public long count(int truth, int prediction) {
        return counts.get(truth).get(prediction);
    }

    /** All images. */
    public long total() {
        return counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    }

    /** Images with a correct prediction. */
    public long correct() {
        return IntStream.range(0, classes()).mapToLong(this::truePositives).sum();
    }

    /** Images of the class: the sum of its row. */
    public long support(int label) {
        return counts.get(label).stream().mapToLong(Long::longValue).sum();
    }

    /** Images predicted as the class: the sum of its column. */
    public long predicted(int label) {
        return counts.stream().mapToLong(row -> row.get(label)).sum();
    }

    /** Images of the class that were predicted as it. */
    public long truePositives(int label) {
        return count(label, label);
    }

    /** Images of other classes that were predicted as it. */
    public long falsePositives(int label) {
        return predicted(label) - truePositives(label);
    }

    /** Images of the class that were predicted as another. */
    public long falseNegatives(int label) {
        return support(label) - truePositives(label);
    }

    /** Fraction of correct predictions; absent without images. */
    public OptionalDouble accuracy() {
        return ratio(correct(), total());
    }

    /** Fraction of this class's predictions that are correct; absent if it was never predicted. */
    public OptionalDouble precision(int label) {
        return ratio(truePositives(label), predicted(label));
    }

    /** Fraction of this class's images with a correct prediction; absent without such images. */
    public OptionalDouble recall(int label) {
        return ratio(truePositives(label), support(label));
    }

    /** {@code 2 TP / (2 TP + FP + FN)}; absent if the class has neither images nor predictions. */
    public OptionalDouble f1(int label) {
        return ratio(2 * truePositives(label), support(label) + predicted(label));
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
