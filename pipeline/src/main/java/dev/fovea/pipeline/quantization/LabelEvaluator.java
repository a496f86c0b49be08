package dev.fovea.pipeline.quantization;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.EvaluationProgress;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.jobs.EvaluatedConfidence;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For classifiers: accuracy where images are labelled, else agreement with the original. */
final class LabelEvaluator implements CandidateEvaluator {

    private final ServingScores scores;
    private final List<LabelledImage> images;
    private final boolean labelled;
    private final AcceptanceCriteria gate;
    private final Bundle original;
    private final EvaluationProgress progress;
    private Optional<ScoredImages> expected = Optional.empty();
    private Optional<Scored> latest = Optional.empty();

    private record Scored(String bundle, ScoredImages scored) {}

    LabelEvaluator(
            ServingScores scores,
            List<LabelledImage> images,
            boolean labelled,
            AcceptanceCriteria gate,
            Bundle original,
            EvaluationProgress progress) {
        this.scores = scores;
        this.images = images;
        this.labelled = labelled;
        this.gate = gate;
        this.original = original;
        this.progress = progress;
    }

    @Override
    public AcceptanceResult evaluate(Bundle candidate) {
        ScoredImages baseline = expected.orElseGet(() -> scores.of(original, images, progress));
        expected = Optional.of(baseline);
        QuantizationImages.requireEnough(baseline.scored().size(), "to test on");
        ScoredImages scored = scored(candidate);
        return labelled ? gate.labelled(baseline, scored) : gate.agreement(baseline, scored);
    }

    @Override
    public Optional<ClassificationReport> report(Bundle candidate) {
        return labelled ? Optional.of(ClassificationReport.of(scored(candidate))) : Optional.empty();
    }

    @Override
    public Map<String, Double> metrics(Bundle candidate) {
        Map<String, Double> metrics = new HashMap<>();
        if (candidate.manifest().postprocessing()
                        instanceof Postprocessing.OneLabel(var _, Activation activation, double temperature, var _)
                && activation == Activation.SOFTMAX) {
            metrics.putAll(EvaluatedConfidence.metrics(scored(candidate).confidence(temperature)));
        }
        report(candidate).map(ReportMetrics::of).ifPresent(metrics::putAll);
        return metrics;
    }

    /** The registered candidate is often the last that was evaluated. */
    private ScoredImages scored(Bundle candidate) {
        Scored current = latest.filter(known -> known.bundle().equals(candidate.id()))
                .orElseGet(() -> new Scored(candidate.id(), scores.of(candidate, images, progress)));
        latest = Optional.of(current);
        return current.scored();
    }
}
