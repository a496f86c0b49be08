package dev.fovea.statistics.estimation;

import dev.fovea.statistics.estimation.ConditionalShift.ShiftVerdict;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Optional;

/**
 * Whether what an {@link UnlabelledAccuracy} assumes holds for live images.
 *
 * @param samePrediction live images against held-out ones with the same predictions
 * @param sameClass live images and predictions against held-out ones of the same classes, in the estimated live mix;
 *     empty where the mix cannot be estimated
 * @param contradictory whether the two assumptions lead to different accuracies
 * @param effectiveImages how many held-out images are left after they are weighted to the live predictions
 */
public record ShiftCheck(
        ConditionalShift samePrediction,
        Optional<ConditionalShift> sameClass,
        boolean contradictory,
        int effectiveImages) {

    /** Below so many the live predictions are too unlike the held-out ones. */
    public static final int MIN_EFFECTIVE = 50;

    private static final long SEED = 17;

    /** What follows for the estimate. */
    public enum ShiftFinding {
        /** Images with the same prediction are alike, and so are images of the same class. */
        ALIKE,
        /** Images with the same prediction are alike: they are more or less difficult. */
        SAME_PREDICTION,
        /** Images of the same class are alike: the mix of classes changed. */
        SAME_CLASS,
        /** There are too few images to tell. */
        TOO_FEW,
        /** Images are alike, but the mix of classes cannot be estimated. */
        MIX_UNKNOWN,
        /** Hardly any held-out image has predictions like the live ones. */
        UNLIKE,
        /** Neither assumption holds. */
        DIFFERENT,
        /** The assumptions lead to different accuracies, and a changed mix does not explain the predictions. */
        CONTRADICTORY
    }

    /**
     * Checks an estimate.
     *
     * @param guesses of the estimate, with n reference images
     * @param live m live predictions: {@link UnlabelledAccuracy#sample} of those that were estimated for
     * @param referenceImages {@code [n,D]} what is known of the reference's images, such as embedding and measures
     * @param liveImages {@code [m,D]} the same of the live images
     */
    public static ShiftCheck of(
            UnlabelledAccuracy estimate,
            ClassGuesses guesses,
            ClassPredictions live,
            FeatureMatrix referenceImages,
            FeatureMatrix liveImages) {
        ClassPredictions reference = guesses.reference();
        ConditionalShift samePrediction = ConditionalShift.of(referenceImages, liveImages, estimate.weights(), SEED);
        Optional<ConditionalShift> sameClass = estimate.labelShift()
                .map(shift -> ConditionalShift.of(
                        beside(UnlabelledAccuracy.features(reference, reference), referenceImages),
                        beside(UnlabelledAccuracy.features(reference, live), liveImages),
                        shift.weights(),
                        SEED));
        return new ShiftCheck(samePrediction, sameClass, estimate.accuracy().isContradictory(), (int)
                Math.round(estimate.effectiveShare() * reference.size()));
    }

    /** The finding. */
    public ShiftFinding finding() {
        if (effectiveImages < MIN_EFFECTIVE) {
            return ShiftFinding.UNLIKE;
        }
        boolean classAlike =
                sameClass.filter(shift -> shift.verdict() == ShiftVerdict.ALIKE).isPresent();
        if (classAlike && samePrediction.verdict() != ShiftVerdict.ALIKE) {
            return ShiftFinding.SAME_CLASS;
        }
        return switch (samePrediction.verdict()) {
            case DIFFERENT -> ShiftFinding.DIFFERENT;
            case TOO_FEW -> ShiftFinding.TOO_FEW;
            case ALIKE -> alike(classAlike);
        };
    }

    private ShiftFinding alike(boolean classAlike) {
        if (sameClass.isEmpty()) {
            return ShiftFinding.MIX_UNKNOWN;
        }
        if (classAlike) {
            return ShiftFinding.ALIKE;
        }
        return contradictory ? ShiftFinding.CONTRADICTORY : ShiftFinding.SAME_PREDICTION;
    }

    /** Whether the estimate must not be trusted. */
    public boolean isBroken() {
        return switch (finding()) {
            case UNLIKE, DIFFERENT, CONTRADICTORY -> true;
            case ALIKE, SAME_PREDICTION, SAME_CLASS, TOO_FEW, MIX_UNKNOWN -> false;
        };
    }

    private static FeatureMatrix beside(FeatureMatrix first, FeatureMatrix second) {
        int columns = first.columns() + second.columns();
        float[] values = new float[first.rows() * columns];
        for (int i = 0; i < first.rows(); i++) {
            System.arraycopy(first.row(i), 0, values, i * columns, first.columns());
            System.arraycopy(second.row(i), 0, values, i * columns + first.columns(), second.columns());
        }
        return FeatureMatrix.of(first.rows(), columns, values);
    }
}
