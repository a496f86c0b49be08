package dev.fovea.pipeline.evaluation;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.detection.DetectionComparison;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.quantize.calibration.QuantizationProgress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures both decode modes of a model on labelled images: first their speed, and where fast is faster, their accuracy
 * through the serving path.
 */
final class DecodeTrial {

    private final JobTools workshop;
    private final AcceptanceCriteria criteria;
    private final QuantizationProgress progress;

    DecodeTrial(JobTools workshop, AcceptanceCriteria criteria, QuantizationProgress progress) {
        this.workshop = workshop;
        this.criteria = criteria;
        this.progress = progress;
    }

    /**
     * The same model twice.
     *
     * @param exact with an exact decode
     * @param fast with a fast one
     */
    record Modes(Bundle exact, Bundle fast) {

        PreprocessingContract contract() {
            return exact.manifest().contract().orElseThrow();
        }
    }

    /**
     * The result.
     *
     * @param scores of the mode that is used; empty where they were not needed, and for detectors
     */
    record Measured(DecodeReport report, Optional<ClassifierEvaluation.Scores> scores) {}

    /** Of a classifier. */
    Measured labels(Modes modes, EvaluationImages images) {
        DecodeTimes times = times(
                modes,
                images.images().stream()
                        .map(EvaluationImages.EvaluationImage::file)
                        .toList());
        if (!times.isFaster()) {
            return new Measured(DecodeReport.notFaster(times), Optional.empty());
        }
        ClassifierEvaluation evaluation = new ClassifierEvaluation(workshop);
        ClassifierEvaluation.Scores exact = evaluation.score(modes.exact(), images, named("exact"));
        ClassifierEvaluation.Scores fast = evaluation.score(modes.fast(), images, named("fast"));
        DecodeReport report = DecodeReport.faster(times, accuracy(exact.scored(), fast.scored()));
        return new Measured(
                report,
                Optional.of(
                        switch (report.mode()) {
                            case EXACT -> exact;
                            case FAST -> fast;
                        }));
    }

    private DecodeReport.DecodeAccuracy accuracy(ScoredImages exact, ScoredImages fast) {
        Comparison comparison = Comparison.of(exact, fast);
        AcceptanceResult result = criteria.labelled(exact, fast);
        return new DecodeReport.DecodeAccuracy(
                "accuracy",
                comparison.images(),
                comparison.baseline().value(),
                comparison.candidate().value(),
                comparison.difference(),
                Optional.of(changed(exact, fast)),
                result.passes(),
                result.evidence());
    }

    private static int changed(ScoredImages exact, ScoredImages fast) {
        Map<String, Integer> labels = new HashMap<>();
        exact.scored().forEach(one -> labels.put(one.image(), one.prediction()));
        int changed = 0;
        for (Scored one : fast.scored()) {
            changed += labels.getOrDefault(one.image(), one.prediction()) == one.prediction() ? 0 : 1;
        }
        return changed;
    }

    /** Of a detector. */
    Measured objects(Modes modes, DetectorEvaluation.DetectorImages images) {
        DecodeTimes times = times(modes, images.files());
        if (!times.isFaster()) {
            return new Measured(DecodeReport.notFaster(times), Optional.empty());
        }
        DetectorEvaluation evaluation = new DetectorEvaluation(workshop);
        List<ImageDetections> exact = evaluation.detections(modes.exact(), images, named("exact"));
        List<ImageDetections> fast = evaluation.detections(modes.fast(), images, named("fast"));
        List<String> labels = modes.exact().manifest().labels();
        DetectionComparison comparison = DetectionComparison.of(exact, fast, labels);
        AcceptanceResult result = criteria.labelledDetections(
                comparison, DetectionReport.of(exact, labels), DetectionReport.of(fast, labels));
        return new Measured(
                DecodeReport.faster(
                        times,
                        new DecodeReport.DecodeAccuracy(
                                "mean average precision at overlap 0.5",
                                comparison.images(),
                                comparison.baseline(),
                                comparison.candidate(),
                                comparison.difference(),
                                Optional.empty(),
                                result.passes(),
                                result.evidence())),
                Optional.empty());
    }

    private DecodeTimes times(Modes modes, List<Path> files) {
        return new DecodeTimer(modes.contract()).measure(files, progress);
    }

    private QuantizationProgress named(String mode) {
        return (step, done, of) -> progress.at("%s, %s".formatted(step, mode), done, of);
    }
}
