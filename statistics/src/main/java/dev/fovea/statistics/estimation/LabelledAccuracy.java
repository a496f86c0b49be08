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

    /** Labels that the spread of a class counts as, beside the variance that its labels show. */
    private static final int SPREAD_COUNTS = 10;

    public LabelledAccuracy {
        classes = List.copyOf(classes);
    }

    /**
     * The estimate.
     *
     * @param predictions N
     * @param weights {@code [N]}, where they stand for more than themselves
     * @param guesses {@code [N][r]} probabilities beside the labels, from {@link ClassGuesses}; any are valid
     * @param sample which have labels
     * @param truth the class for each of {@link LabelledSample#rows}; one that is no class of the model is -1
     */
    public static LabelledAccuracy of(
            ClassPredictions predictions,
            DesignWeights weights,
            double[][] guesses,
            LabelledSample sample,
            int[] truth) {
        int[] rows = sample.rows();
        Require.that(rows.length == truth.length, "%d labels of %d predictions.", truth.length, rows.length);
        Known known = new Known(predictions, weights, guesses, sample, truth);
        List<ClassEstimate> classes = new ArrayList<>();
        for (int label = 0; label < predictions.classes(); label++) {
            Optional<Interval> precision = known.precision(label);
            Optional<Interval> recall = known.recall(label);
            if (precision.isPresent() || recall.isPresent()) {
                int predicted = (int) Math.round(weights.total(predictions.predictedAs(label)));
                classes.add(new ClassEstimate(label, predicted, precision, recall));
            }
        }
        return new LabelledAccuracy(known.accuracy(), classes);
    }

    /** Predictions with what is known of some of them. */
    private record Known(
            ClassPredictions predictions,
            DesignWeights weights,
            double[][] guesses,
            LabelledSample sample,
            int[] truth) {

        MeanEstimate accuracy() {
            return sample.mean(ClassGuesses.right(guesses), weights, outcomes());
        }

        private double[] outcomes() {
            int[] rows = sample.rows();
            double[] outcomes = new double[rows.length];
            Arrays.setAll(outcomes, i -> predictions.predicted(rows[i]) == truth[i] ? 1 : 0);
            return outcomes;
        }

        Optional<Interval> precision(int label) {
            return sample.meanOf(predictions.predictedAs(label), ClassGuesses.right(guesses), weights, outcomes())
                    .map(Known::ofClass);
        }

        Optional<Interval> recall(int label) {
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
            Optional<MeanEstimate> guided = ratio(found, both, ofClass, present)
                    .filter(estimate -> estimate.value() > 0 && estimate.value() < 1);
            double[] none = new double[ofClass.length];
            return guided.or(() -> ratio(none, both, none, present)).map(Known::ofClass);
        }

        private Optional<MeanEstimate> ratio(double[] guesses, double[] outcomes, double[] ofGuesses, double[] of) {
            MeanEstimate share = sample.mean(ofGuesses, weights, of);
            return share.value() <= 0
                    ? Optional.empty()
                    : Optional.of(sample.mean(guesses, weights, outcomes)
                            .over(share, sample.size(of), ratio -> weights.ratioVariance(share.value(), ratio)));
        }

        /**
         * The interval of a class. Few labels that are all alike show hardly any variance, though guesses move the
         * estimate between 0 and 1; the spread of a plain sample of as many labels fills in.
         */
        private static Interval ofClass(MeanEstimate estimate) {
            if (estimate.isExact()) {
                return estimate.interval();
            }
            double size = estimate.effectiveSize();
            double p = Math.clamp(estimate.value(), 0, 1);
            double variance = estimate.variance();
            double mixed = (variance * size + SPREAD_COUNTS * p * (1 - p) / size) / (size + SPREAD_COUNTS);
            return SurveyInterval.of(estimate.value(), Math.max(variance, mixed), size);
        }
    }
}
