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

/** For models that give one label: accuracy where labels are known, else agreement with the original. */
final class LabelEvaluator implements CandidateEvaluator {

    private final ServingScores scores;
    private final List<LabelledImage> images;
    private final boolean labelled;
    private final AcceptanceCriteria gate;
    private final Bundle original;
    private final EvaluationProgress progress;
    private Optional<ScoredImages> expected = Optional.empty();
    private Optional<Answers> last = Optional.empty();

    private record Answers(String bundle, ScoredImages scored) {}

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
    public AcceptanceResult judge(Bundle candidate) {
        ScoredImages baseline = expected.orElseGet(() -> scores.of(original, images, progress));
        expected = Optional.of(baseline);
        QuantizationImages.requireEnough(baseline.scored().size(), "to prove with");
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
                        instanceof Postprocessing.OneLabel(var _, Activation activation, double temperature)
                && activation == Activation.SOFTMAX) {
            metrics.putAll(EvaluatedConfidence.metrics(scored(candidate).confidence(temperature)));
        }
        report(candidate).map(ReportMetrics::of).ifPresent(metrics::putAll);
        return metrics;
    }

    /** The one that is registered is often the one that was judged last. */
    private ScoredImages scored(Bundle candidate) {
        Answers answers = last.filter(known -> known.bundle().equals(candidate.id()))
                .orElseGet(() -> new Answers(candidate.id(), scores.of(candidate, images, progress)));
        last = Optional.of(answers);
        return answers.scored();
    }
}
