package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.ConditionalShift;
import dev.fovea.statistics.estimation.LabelShift;
import dev.fovea.statistics.estimation.ShiftCheck;
import dev.fovea.statistics.estimation.UnlabelledAccuracy;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Estimates accuracy without labels, and says whether to trust it. Pure. */
final class Estimating {

    private Estimating() {}

    static EstimatedAccuracy of(ModelVersion version, JudgedPredictions judged, Calibrated calibrated) {
        UnlabelledAccuracy estimate =
                UnlabelledAccuracy.of(calibrated.guesses(), judged.predictions(calibrated.ranks()), judged.design());
        return new EstimatedAccuracy(
                estimate.accuracy().interval(),
                calibrated.size(),
                trust(judged, calibrated, estimate),
                LiveAccuracy.figures(version, estimate.classes()));
    }

    private static Trust trust(JudgedPredictions judged, Calibrated calibrated, UnlabelledAccuracy estimate) {
        int effective = (int) Math.round(estimate.effectiveShare() * calibrated.size());
        Optional<ShiftCheck> checked = check(judged, calibrated, estimate);
        Optional<Interval> separation = checked.map(ShiftCheck::samePrediction).map(ConditionalShift::auc);
        if (checked.isEmpty() && effective >= ShiftCheck.MIN_EFFECTIVE) {
            return new Trust(
                    Trust.Level.UNKNOWN,
                    "The live images were not compared with the held-out ones: the version has no reference with measures or embeddings.",
                    separation,
                    effective);
        }
        ShiftCheck.ShiftFinding finding = checked.map(ShiftCheck::finding).orElse(ShiftCheck.ShiftFinding.UNLIKE);
        return new Trust(
                level(finding), reason(finding, separation, effective, calibrated.size()), separation, effective);
    }

    private static Trust.Level level(ShiftCheck.ShiftFinding finding) {
        return switch (finding) {
            case ALIKE, SAME_PREDICTION, SAME_CLASS -> Trust.Level.TRUSTED;
            case TOO_FEW, MIX_UNKNOWN -> Trust.Level.UNKNOWN;
            case UNLIKE, DIFFERENT, CONTRADICTORY -> Trust.Level.NOT_TRUSTED;
        };
    }

    private static String reason(
            ShiftCheck.ShiftFinding finding, Optional<Interval> separation, int effective, int heldOut) {
        return switch (finding) {
            case ALIKE, SAME_PREDICTION -> "The images are like the held-out ones that got the same predictions.";
            case SAME_CLASS ->
                "The images of each class are like the held-out ones; another mix of classes explains the predictions.";
            case TOO_FEW -> "There are too few images to tell whether they are like the held-out ones.";
            case MIX_UNKNOWN ->
                "The images are like the held-out ones, but another mix of classes would not be seen: too few classes have %d held-out images, or the model does not tell them apart."
                        .formatted(LabelShift.MIN_IMAGES);
            case UNLIKE ->
                "Only %d of %d held-out images have predictions like the live ones.".formatted(effective, heldOut);
            case DIFFERENT ->
                "The images are not like the held-out ones that got the same predictions: a classifier tells them apart with an AUC of %s, where 0.5 is chance."
                        .formatted(two(separation.map(Interval::value).orElse(Double.NaN)));
            case CONTRADICTORY ->
                "The mix of classes has changed, and that alone does not explain the predictions: with it or without it the estimate differs.";
        };
    }

    private static Optional<ShiftCheck> check(
            JudgedPredictions judged, Calibrated calibrated, UnlabelledAccuracy estimate) {
        int[] sample = UnlabelledAccuracy.sample(judged.design());
        List<ImageObservation> live = Arrays.stream(sample)
                .mapToObj(row -> judged.observed().get(row))
                .toList();
        Optional<FeatureMatrix> both = ImageFeatures.of(
                Stream.concat(calibrated.observed().stream(), live.stream()).toList());
        return both.map(all -> ShiftCheck.of(
                estimate,
                calibrated.guesses(),
                judged.predictions(calibrated.ranks()).select(sample),
                all.select(rows(0, calibrated.size())),
                all.select(rows(calibrated.size(), all.rows()))));
    }

    private static int[] rows(int from, int to) {
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return rows;
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
