package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.ConditionalShift;
import dev.fovea.statistics.estimation.UnlabelledAccuracy;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Estimates accuracy without labels, and says whether to trust it. Pure. */
final class Estimating {

    /** Below so many effective held-out images the live predictions are too unlike the held-out ones. */
    static final int MIN_EFFECTIVE = 50;

    private static final long SEED = 17;

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
        Optional<ConditionalShift> shift = shift(judged, calibrated, estimate.weights());
        Optional<Interval> separation = shift.map(ConditionalShift::auc);
        if (effective < MIN_EFFECTIVE) {
            return new Trust(
                    Trust.Level.NOT_TRUSTED,
                    "Only %d of %d held-out images have predictions like the live ones."
                            .formatted(effective, calibrated.size()),
                    separation,
                    effective);
        }
        return shift.map(found -> switch (found.verdict()) {
                    case DIFFERENT ->
                        new Trust(
                                Trust.Level.NOT_TRUSTED,
                                "The images are not like the held-out ones that got the same predictions: a classifier tells them apart with an AUC of %s, where 0.5 is chance."
                                        .formatted(two(found.auc().value())),
                                separation,
                                effective);
                    case ALIKE ->
                        new Trust(
                                Trust.Level.TRUSTED,
                                "The images are like the held-out ones that got the same predictions.",
                                separation,
                                effective);
                    case TOO_FEW ->
                        new Trust(
                                Trust.Level.UNKNOWN,
                                "There are too few images to tell whether they are like the held-out ones.",
                                separation,
                                effective);
                })
                .orElseGet(() -> new Trust(
                        Trust.Level.UNKNOWN,
                        "The live images were not compared with the held-out ones: the version has no reference with measures or embeddings.",
                        Optional.empty(),
                        effective));
    }

    private static Optional<ConditionalShift> shift(JudgedPredictions judged, Calibrated calibrated, double[] weights) {
        List<ImageObservation> live = Arrays.stream(UnlabelledAccuracy.sample(judged.design()))
                .mapToObj(row -> judged.observed().get(row))
                .toList();
        Optional<FeatureMatrix> both = ImageFeatures.of(
                Stream.concat(calibrated.observed().stream(), live.stream()).toList());
        return both.map(all -> ConditionalShift.of(
                all.select(rows(0, calibrated.size())),
                all.select(rows(calibrated.size(), all.rows())),
                weights,
                SEED));
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
