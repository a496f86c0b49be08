package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A classifier's accuracy on live predictions without a label: {@link ShiftedOutcomes} of calibrated confidence for
 * accuracy, precision and recall.
 *
 * @param accuracy over all live predictions
 * @param classes by class, those that were predicted or are expected
 * @param effectiveShare of the reference, after weighting; see {@link DensityRatio}
 * @param weights of the reference's images, for {@link ConditionalShift}
 */
public record UnlabelledAccuracy(
        MeanEstimate accuracy, List<ClassEstimate> classes, double effectiveShare, double[] weights) {

    /** The fewest images with labels that an estimate is made from. */
    public static final int MIN_REFERENCE = 100;

    /** The fewest live predictions that it is made for. */
    public static final int MIN_LIVE = 50;

    private static final int COLUMN_MINIMUM = 20;
    private static final int MAX_FOR_WEIGHTS = 2_000;
    private static final double MIN_EXPECTED = 5;
    private static final long SEED = 11;

    public UnlabelledAccuracy {
        classes = List.copyOf(classes);
    }

    /** The estimate. */
    public static UnlabelledAccuracy of(ClassGuesses guesses, ClassPredictions live) {
        ClassPredictions reference = guesses.reference();
        Require.that(
                reference.size() >= MIN_REFERENCE,
                "A reference of %d images; an estimate without labels needs %d.",
                reference.size(),
                MIN_REFERENCE);
        Require.that(live.size() >= MIN_LIVE, "%d predictions; an estimate needs %d.", live.size(), MIN_LIVE);
        DensityRatio ratio = weights(reference, live);
        double[][] own = guesses.of(live);
        double[] outcomes = outcomes(reference, guesses.truth());
        MeanEstimate accuracy = ShiftedOutcomes.mean(
                ClassGuesses.right(own), ClassGuesses.right(guesses.outOfFold()), outcomes, ratio.weights());
        List<ClassEstimate> classes = new ArrayList<>();
        for (int label = 0; label < reference.classes(); label++) {
            new OneClass(guesses, live, own, ratio.weights(), label).estimate().ifPresent(classes::add);
        }
        return new UnlabelledAccuracy(accuracy, classes, ratio.effectiveShare(), ratio.weights());
    }

    /**
     * Rows of at most {@value #MAX_FOR_WEIGHTS} live images, chosen at random: what weights and shift are found from.
     */
    public static int[] sample(int live) {
        int[] rows = IntStream.range(0, live).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = rows[i];
            rows[i] = rows[other];
            rows[other] = kept;
        }
        return Arrays.copyOf(rows, Math.min(live, MAX_FOR_WEIGHTS));
    }

    private static DensityRatio weights(ClassPredictions reference, ClassPredictions live) {
        int[] columns = IntStream.range(0, reference.classes())
                .filter(label -> reference.predictedAs(label).length >= COLUMN_MINIMUM)
                .toArray();
        FeatureMatrix sampled = live.select(sample(live.size())).features(columns);
        return DensityRatio.of(reference.features(columns), sampled, SEED);
    }

    private static double[] outcomes(ClassPredictions reference, int[] truth) {
        double[] outcomes = new double[truth.length];
        Arrays.setAll(outcomes, i -> reference.predicted(i) == truth[i] ? 1 : 0);
        return outcomes;
    }

    /** Precision and recall of a class. */
    private static final class OneClass {

        private final ClassPredictions live;
        private final int label;
        private final MeanEstimate both;
        private final MeanEstimate shown;
        private final MeanEstimate present;
        private final double[] own;

        OneClass(ClassGuesses guesses, ClassPredictions live, double[][] own, double[] weights, int label) {
            ClassPredictions reference = guesses.reference();
            this.live = live;
            this.label = label;
            this.own = ClassGuesses.ofClass(live, own, label);
            double[] referenceOwn = ClassGuesses.ofClass(reference, guesses.outOfFold(), label);
            double[] ofClass = new double[referenceOwn.length];
            Arrays.setAll(ofClass, i -> guesses.truth()[i] == label ? 1 : 0);
            this.both = ShiftedOutcomes.of(
                    where(live, this.own), where(reference, referenceOwn), where(reference, ofClass), weights, 0);
            double[] shownReference = where(reference, ones(referenceOwn.length));
            this.shown =
                    ShiftedOutcomes.of(where(live, ones(this.own.length)), shownReference, shownReference, weights, 0);
            this.present = ShiftedOutcomes.of(this.own, referenceOwn, ofClass, weights, 0);
        }

        Optional<ClassEstimate> estimate() {
            int predicted = live.predictedAs(label).length;
            double expected = present.value() * live.size();
            if (predicted == 0 && expected < MIN_EXPECTED) {
                return Optional.empty();
            }
            Optional<Interval> precision = predicted == 0
                    ? Optional.empty()
                    : Optional.of(both.over(shown, ratio -> noise(1, 0)).interval());
            Optional<Interval> recall = expected < MIN_EXPECTED
                    ? Optional.empty()
                    : Optional.of(both.over(present, ratio -> noise((1 - ratio) * (1 - ratio), ratio * ratio))
                            .interval());
            return Optional.of(new ClassEstimate(label, predicted, precision, recall));
        }

        /** {@code sum g(1-g) / N²}, weighted apart where the class is predicted and where it is not. */
        private double noise(double shownWeight, double otherWeight) {
            double sum = 0;
            for (int i = 0; i < own.length; i++) {
                double weight = live.predicted(i) == label ? shownWeight : otherWeight;
                sum += weight * own[i] * (1 - own[i]);
            }
            return sum / own.length / own.length;
        }

        /** The values of images with this predicted class; 0 elsewhere. */
        private double[] where(ClassPredictions predictions, double[] values) {
            double[] kept = new double[values.length];
            Arrays.setAll(kept, i -> predictions.predicted(i) == label ? values[i] : 0);
            return kept;
        }

        private static double[] ones(int count) {
            double[] ones = new double[count];
            Arrays.fill(ones, 1);
            return ones;
        }
    }
}
