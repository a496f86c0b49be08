package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A classifier's accuracy on N predictions, some of them with labels.
 *
 * @param accuracy over all N predictions
 * @param classes by class, those with a labelled prediction or image
 */
public record LabelledAccuracy(MeanEstimate accuracy, List<ClassEstimate> classes) {

    private static final int MIN_IMAGES = 5;

    public LabelledAccuracy {
        classes = List.copyOf(classes);
    }

    /**
     * The estimate.
     *
     * @param predictions N
     * @param guesses {@code [N][r]} probabilities beside the labels, from {@link ClassGuesses}; any are valid
     * @param sample which have labels
     * @param truth the class for each of {@link LabelledSample#rows}; one that is no class of the model is -1
     */
    public static LabelledAccuracy of(
            ClassPredictions predictions, double[][] guesses, LabelledSample sample, int[] truth) {
        int[] rows = sample.rows();
        Require.that(rows.length == truth.length, "%d labels of %d predictions.", truth.length, rows.length);
        double[] outcomes = new double[rows.length];
        Arrays.setAll(outcomes, i -> predictions.predicted(rows[i]) == truth[i] ? 1 : 0);
        MeanEstimate accuracy = sample.mean(ClassGuesses.right(guesses), outcomes);
        List<ClassEstimate> classes = new ArrayList<>();
        for (int label = 0; label < predictions.classes(); label++) {
            Optional<Interval> precision = precision(predictions, guesses, sample, outcomes, label);
            Optional<Interval> recall = recall(predictions, guesses, sample, truth, label);
            if (precision.isPresent() || recall.isPresent()) {
                classes.add(new ClassEstimate(label, predictions.predictedAs(label).length, precision, recall));
            }
        }
        return new LabelledAccuracy(accuracy, classes);
    }

    private static Optional<Interval> precision(
            ClassPredictions predictions, double[][] guesses, LabelledSample sample, double[] outcomes, int label) {
        return sample.meanOf(predictions.predictedAs(label), ClassGuesses.right(guesses), outcomes)
                .map(MeanEstimate::interval);
    }

    private static Optional<Interval> recall(
            ClassPredictions predictions, double[][] guesses, LabelledSample sample, int[] truth, int label) {
        if (Arrays.stream(truth).filter(t -> t == label).count() < MIN_IMAGES) {
            return Optional.empty();
        }
        int[] rows = sample.rows();
        double[] ofClass = ClassGuesses.ofClass(predictions, guesses, label);
        double[] found = new double[ofClass.length];
        Arrays.setAll(found, i -> predictions.predicted(i) == label ? ofClass[i] : 0);
        double[] present = new double[rows.length];
        double[] both = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            present[i] = truth[i] == label ? 1 : 0;
            both[i] = predictions.predicted(rows[i]) == label ? present[i] : 0;
        }
        MeanEstimate share = sample.mean(ofClass, present);
        return share.value() <= 0
                ? Optional.empty()
                : Optional.of(sample.mean(found, both).over(share, ratio -> 0).interval());
    }
}
