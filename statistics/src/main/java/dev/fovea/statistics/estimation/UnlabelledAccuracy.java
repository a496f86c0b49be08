package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A classifier's accuracy on live predictions without a label: {@link ShiftedOutcomes} and {@link LabelShift} of
 * calibrated confidence for accuracy, precision and recall.
 *
 * @param accuracy over all live predictions
 * @param classes by class, those that were predicted or are expected
 * @param effectiveShare of the reference, after weighting; see {@link DensityRatio}
 * @param weights of the reference's images, for {@link ConditionalShift}
 * @param labelShift the change of the mix of classes; empty where it cannot be estimated
 */
public record UnlabelledAccuracy(
        UnlabelledMean accuracy,
        List<ClassEstimate> classes,
        double effectiveShare,
        double[] weights,
        Optional<LabelShift> labelShift) {

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

    /** The estimate for predictions that are all there are. */
    public static UnlabelledAccuracy of(ClassGuesses guesses, ClassPredictions live) {
        return of(guesses, live, DesignWeights.ones(live.size()));
    }

    /**
     * The estimate.
     *
     * @param design of the live predictions, where they stand for more than themselves
     */
    public static UnlabelledAccuracy of(ClassGuesses guesses, ClassPredictions live, DesignWeights design) {
        ClassPredictions reference = guesses.reference();
        Require.that(
                reference.size() >= MIN_REFERENCE,
                "A reference of %d images; an estimate without labels needs %d.",
                reference.size(),
                MIN_REFERENCE);
        Require.that(live.size() >= MIN_LIVE, "%d predictions; an estimate needs %d.", live.size(), MIN_LIVE);
        DensityRatio ratio = weights(reference, live, design);
        double[][] own = guesses.of(live);
        Optional<LabelShift> shift = LabelShift.of(guesses, live, design, own);
        Means means = new Means(new Live(live, design, own), ratio.weights(), shift);
        UnlabelledMean accuracy = means.accuracy(guesses);
        List<ClassEstimate> classes = new ArrayList<>();
        for (int label = 0; label < reference.classes(); label++) {
            new OneClass(guesses, means, label).estimate().ifPresent(classes::add);
        }
        return new UnlabelledAccuracy(accuracy, classes, ratio.effectiveShare(), ratio.weights(), shift);
    }

    /**
     * Rows of at most {@value #MAX_FOR_WEIGHTS} live images, chosen at random: what weights and shift are found from. A
     * row that stands for more predictions is chosen more often (P. Efraimidis and P. Spirakis, Information Processing
     * Letters 97 (2006) 181–185).
     */
    public static int[] sample(DesignWeights live) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] keys = new double[live.rows()];
        Arrays.setAll(keys, i -> -Math.log(1 - random.nextDouble()) / live.of(i));
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .limit(MAX_FOR_WEIGHTS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** What predictions are, as numbers, with a column for each class that the reference often has. */
    static FeatureMatrix features(ClassPredictions reference, ClassPredictions predictions) {
        return predictions.features(IntStream.range(0, reference.classes())
                .filter(label -> reference.predictedAs(label).length >= COLUMN_MINIMUM)
                .toArray());
    }

    private static DensityRatio weights(ClassPredictions reference, ClassPredictions live, DesignWeights design) {
        return DensityRatio.of(features(reference, reference), features(reference, live.select(sample(design))), SEED);
    }

    private static double[] outcomes(ClassPredictions reference, int[] truth) {
        double[] outcomes = new double[truth.length];
        Arrays.setAll(outcomes, i -> reference.predicted(i) == truth[i] ? 1 : 0);
        return outcomes;
    }

    /** Live predictions with a probability beside each label. */
    private record Live(ClassPredictions predictions, DesignWeights design, double[][] guesses) {}

    /** Mean outcomes under both assumptions. */
    private record Means(Live live, double[] weights, Optional<LabelShift> shift) {

        UnlabelledMean accuracy(ClassGuesses guesses) {
            double[] right = ClassGuesses.right(live.guesses());
            double[] reference = ClassGuesses.right(guesses.outOfFold());
            double[] outcomes = outcomes(guesses.reference(), guesses.truth());
            double mean = live.design().mean(right);
            double sampling = live.design().meanVariance(right);
            MeanEstimate first = ShiftedOutcomes.mean(right, live.design(), reference, outcomes, weights);
            return new UnlabelledMean(
                    first,
                    shift.map(found -> found.mean(mean, reference, outcomes))
                            .map(second -> second.with(second.noise() + sampling)));
        }

        MeanEstimate samePrediction(double[] own, double[] reference, double[] outcomes) {
            return ShiftedOutcomes.of(live.design().mean(own), reference, outcomes, weights, 0);
        }

        Optional<MeanEstimate> sameClass(double[] own, double[] reference, double[] outcomes) {
            return shift.map(found -> found.mean(live.design().mean(own), reference, outcomes));
        }
    }

    /** Precision and recall of a class. */
    private static final class OneClass {

        private final Live live;
        private final int label;
        private final Means means;
        private final Terms both;
        private final Terms shown;
        private final Terms present;

        /** Guesses for live and reference predictions, and outcomes of these. */
        private record Terms(double[] own, double[] reference, double[] outcomes) {}

        OneClass(ClassGuesses guesses, Means means, int label) {
            ClassPredictions reference = guesses.reference();
            this.live = means.live();
            this.means = means;
            this.label = label;
            double[] own = ClassGuesses.ofClass(live.predictions(), live.guesses(), label);
            double[] referenceOwn = ClassGuesses.ofClass(reference, guesses.outOfFold(), label);
            double[] ofClass = new double[referenceOwn.length];
            Arrays.setAll(ofClass, i -> guesses.truth()[i] == label ? 1 : 0);
            double[] shownReference = where(reference, ones(referenceOwn.length));
            this.both = new Terms(
                    where(live.predictions(), own), where(reference, referenceOwn), where(reference, ofClass));
            this.shown = new Terms(where(live.predictions(), ones(own.length)), shownReference, shownReference);
            this.present = new Terms(own, referenceOwn, ofClass);
        }

        Optional<ClassEstimate> estimate() {
            int predicted =
                    (int) Math.round(live.design().total(live.predictions().predictedAs(label)));
            double expected = samePrediction(present).value() * live.design().total();
            if (predicted == 0 && expected < MIN_EXPECTED) {
                return Optional.empty();
            }
            Optional<Interval> precision = predicted == 0
                    ? Optional.empty()
                    : Optional.of(ratio(shown, r -> noise(1, 0)).interval());
            Optional<Interval> recall = expected < MIN_EXPECTED
                    ? Optional.empty()
                    : Optional.of(ratio(present, r -> noise((1 - r) * (1 - r), r * r))
                            .interval());
            return Optional.of(new ClassEstimate(label, predicted, precision, recall));
        }

        private UnlabelledMean ratio(Terms of, DoubleUnaryOperator noise) {
            double all = size(of, new double[0]);
            MeanEstimate first = over(samePrediction(both), samePrediction(of), size(of, means.weights()), noise);
            Optional<MeanEstimate> denominator = sameClass(of).filter(found -> found.value() > 0);
            return new UnlabelledMean(
                    first,
                    sameClass(both).flatMap(second -> denominator.map(found -> over(second, found, all, noise))));
        }

        /** How many images of equal weight the reference has of these; 1 where it has none. */
        private static double size(Terms of, double[] weights) {
            return Math.max(
                    1,
                    DesignWeights.effectiveSize(IntStream.range(0, of.outcomes().length)
                            .filter(i -> of.outcomes()[i] != 0)
                            .mapToDouble(i -> weights.length == 0 ? 1 : weights[i])));
        }

        private MeanEstimate over(
                MeanEstimate numerator, MeanEstimate denominator, double size, DoubleUnaryOperator noise) {
            return numerator.over(
                    denominator,
                    size,
                    ratio -> noise.applyAsDouble(Math.clamp(ratio, 0, 1))
                            + live.design().ratioVariance(denominator.value(), ratio));
        }

        private MeanEstimate samePrediction(Terms terms) {
            return means.samePrediction(terms.own(), terms.reference(), terms.outcomes());
        }

        private Optional<MeanEstimate> sameClass(Terms terms) {
            return means.sameClass(terms.own(), terms.reference(), terms.outcomes());
        }

        /** {@code sum g(1-g) / N²}, weighted apart where the class is predicted and where it is not. */
        private double noise(double shownWeight, double otherWeight) {
            double sum = 0;
            double[] own = present.own();
            for (int i = 0; i < own.length; i++) {
                double weight = live.predictions().predicted(i) == label ? shownWeight : otherWeight;
                sum += live.design().of(i) * weight * own[i] * (1 - own[i]);
            }
            double total = live.design().total();
            return sum / total / total;
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
