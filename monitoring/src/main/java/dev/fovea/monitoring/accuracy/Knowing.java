package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.ModelVersion;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.estimation.ClassGuesses;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.estimation.ConfidenceSequence;
import dev.fovea.statistics.estimation.DesignWeights;
import dev.fovea.statistics.estimation.LabelledAccuracy;
import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.statistics.estimation.MeanEstimate;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds accuracy from labels, helped by all predictions. Pure. */
final class Knowing {

    /** Labels at which the interval for every look is tightest. */
    private static final int TIGHTEST = 100;

    private static final int ALL_RANKS = Integer.MAX_VALUE;

    /** Standard errors by which labelled predictions may differ in confidence from all of them. */
    private static final double MAX_DEVIATION = 3.3;

    private Knowing() {}

    /** From labels that were reported, as from a random sample. */
    static Optional<KnownAccuracy> reported(
            ModelVersion version, JudgedPredictions judged, Optional<Calibrated> calibrated, List<Truth> labels) {
        Map<Integer, Integer> truth = new LinkedHashMap<>();
        for (Truth one : labels) {
            if (one.labels() instanceof TrueLabels.TrueLabel(String label)) {
                judged.row(one.request()).ifPresent(row -> truth.put(row, judged.number(label)));
            }
        }
        if (truth.isEmpty()) {
            return Optional.empty();
        }
        int[] rows = truth.keySet().stream().mapToInt(Integer::intValue).toArray();
        int[] classes = truth.values().stream().mapToInt(Integer::intValue).toArray();
        Guessed guessed = Guessed.of(judged, calibrated);
        LabelledAccuracy estimate = guessed.estimate(new LabelledSample.SimpleRandom(rows), classes);
        boolean all = rows.length == judged.population();
        return Optional.of(new KnownAccuracy(
                estimate.accuracy().interval(),
                all
                        ? estimate.accuracy().interval()
                        : guessed.everyLook(new LabelledSample.SimpleRandom(rows), estimate.accuracy()),
                alone(guessed.predictions(), rows, classes),
                new KnownAccuracy.LabelsUsed(
                        rows.length,
                        all ? KnownAccuracy.LabelSampling.ALL : KnownAccuracy.LabelSampling.REPORTED,
                        all ? Optional.empty() : caution(judged.design(), guessed.right(), rows)),
                LiveAccuracy.figures(version, estimate.classes())));
    }

    /** From the labelled draws of a plan; empty with fewer than {@link ConfidenceSequence#FIRST}. */
    static Optional<KnownAccuracy> planned(
            ModelVersion version, JudgedPredictions judged, Optional<Calibrated> calibrated, PlannedSample planned) {
        if (planned.truth().length < ConfidenceSequence.FIRST) {
            return Optional.empty();
        }
        Guessed guessed = Guessed.of(judged, calibrated);
        LabelledAccuracy estimate = guessed.estimate(planned.sample(), planned.truth());
        double[] none = new double[judged.size()];
        MeanEstimate alone = planned.sample().mean(none, judged.design(), planned.outcomes(judged));
        return Optional.of(new KnownAccuracy(
                estimate.accuracy().interval(),
                guessed.everyLook(planned.sample(), estimate.accuracy()),
                alone.interval(),
                new KnownAccuracy.LabelsUsed(planned.labels(), KnownAccuracy.LabelSampling.PLANNED, Optional.empty()),
                LiveAccuracy.figures(version, estimate.classes())));
    }

    /**
     * From labels of images that were kept as a random sample; empty with fewer than {@link ConfidenceSequence#FIRST}.
     */
    static Optional<KnownAccuracy> kept(
            ModelVersion version, JudgedPredictions judged, Optional<Calibrated> calibrated, KeptSample kept) {
        int[] rows = kept.sample().rows();
        if (rows.length < ConfidenceSequence.FIRST) {
            return Optional.empty();
        }
        Guessed guessed = Guessed.of(judged, calibrated);
        LabelledAccuracy estimate = guessed.estimate(kept.sample(), kept.truth());
        return Optional.of(new KnownAccuracy(
                estimate.accuracy().interval(),
                guessed.everyLook(kept.sample(), estimate.accuracy()),
                alone(guessed.predictions(), rows, kept.truth()),
                new KnownAccuracy.LabelsUsed(
                        rows.length, KnownAccuracy.LabelSampling.KEPT, caution(judged.design(), guessed.right(), rows)),
                LiveAccuracy.figures(version, estimate.classes())));
    }

    /** Predictions with a probability beside each label. */
    private record Guessed(ClassPredictions predictions, DesignWeights design, double[][] guesses) {

        static Guessed of(JudgedPredictions judged, Optional<Calibrated> calibrated) {
            ClassPredictions predictions =
                    judged.predictions(calibrated.map(Calibrated::ranks).orElse(ALL_RANKS));
            return new Guessed(
                    predictions,
                    judged.design(),
                    calibrated.map(found -> found.guesses().of(predictions)).orElseGet(predictions::scores));
        }

        LabelledAccuracy estimate(LabelledSample sample, int[] truth) {
            return LabelledAccuracy.of(predictions, design, guesses, sample, truth);
        }

        Interval everyLook(LabelledSample sample, MeanEstimate estimate) {
            return new ConfidenceSequence(TIGHTEST, Interval.DEFAULT_LEVEL)
                    .interval(estimate, sample.expectedVariance(right(), design));
        }

        double[] right() {
            return ClassGuesses.right(guesses);
        }
    }

    private static Interval alone(ClassPredictions predictions, int[] rows, int[] classes) {
        int right = 0;
        for (int i = 0; i < rows.length; i++) {
            right += predictions.predicted(rows[i]) == classes[i] ? 1 : 0;
        }
        return WilsonInterval.of(right, rows.length);
    }

    /** Whether the labelled predictions are as sure as all of them, which a random sample is. */
    private static Optional<String> caution(DesignWeights design, double[] guesses, int[] rows) {
        double mean = design.mean(guesses);
        double variance = design.mean(Arrays.stream(guesses)
                .map(guess -> (guess - mean) * (guess - mean))
                .toArray());
        double own =
                Arrays.stream(rows).mapToDouble(row -> guesses[row]).average().orElseThrow();
        double error = Math.sqrt(variance / rows.length);
        return Math.abs(own - mean) <= MAX_DEVIATION * error
                ? Optional.empty()
                : Optional.of(
                        "The labelled images are no random sample: the model is %s of them than of all. Have images drawn with `fovea accuracy plan`."
                                .formatted(own < mean ? "less sure" : "surer"));
    }
}
