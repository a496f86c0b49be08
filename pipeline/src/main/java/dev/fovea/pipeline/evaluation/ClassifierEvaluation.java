package dev.fovea.pipeline.evaluation;

import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.jobs.EvaluatedConfidence;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ReportMetrics;
import dev.fovea.pipeline.jobs.ServingScores;
import dev.fovea.quantize.calibration.QuantizationProgress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The evaluation of a classifier in two steps: what it predicts on labelled images, and the record of that. A model on
 * its way to a version is scored before it has a number, so that its temperature and figures become part of it.
 */
public final class ClassifierEvaluation {

    /** How far the sum of an output's probabilities may be from 1; more than 16-bit floats need. */
    private static final double SUM_TOLERANCE = 0.01;

    private final JobTools workshop;

    ClassifierEvaluation(JobTools workshop) {
        this.workshop = workshop;
    }

    /** What a classifier predicted on labelled images. */
    public record Scores(EvaluationImages images, ScoredImages scored, ClassificationReport report) {

        /**
         * The figures that go with a version.
         *
         * @param temperature that its logits are divided by
         */
        public Map<String, Double> metrics(double temperature) {
            Map<String, Double> metrics = new HashMap<>(ReportMetrics.of(report));
            if (!scored.scored().isEmpty()) {
                metrics.putAll(EvaluatedConfidence.metrics(scored.confidence(temperature)));
            }
            return metrics;
        }

        /**
         * The temperature for a network that has none yet: what the report found where its output is made into
         * probabilities by a softmax, or holds probabilities that add up to 1. Others stay as they are.
         */
        public double temperature(Activation activation) {
            boolean fits = switch (activation) {
                case SOFTMAX, SIGMOID -> true;
                case NONE ->
                    scored.scored().stream()
                            .allMatch(one -> Math.abs(Arrays.stream(one.logits())
                                                    .map(Math::exp)
                                                    .sum()
                                            - 1)
                                    <= SUM_TOLERANCE);
                case ARGMAX -> false;
            };
            return fits ? report.calibration().temperature() : 1;
        }
    }

    /**
     * Predicts the images of a source.
     *
     * @param bundle a classifier's, through the serving path
     * @param learned content hashes of images that are left out
     */
    Scores score(Bundle bundle, ImageSource source, Set<String> learned, QuantizationProgress progress) {
        List<String> labels = bundle.manifest().labels();
        EvaluationImages images = EvaluationImages.of(source.folder(), labels, learned, source.named());
        ScoredImages scored = new ServingScores(workshop)
                .of(bundle, images.labelled(labels), (done, of) -> progress.at("images", done, of));
        return new Scores(images, scored, ClassificationReport.of(scored));
    }

    /**
     * Keeps an evaluation with its images; durable on return.
     *
     * @param postprocessing of the version
     */
    ModelEvaluation.EvaluationResult record(
            ModelEvaluation.EvaluationSpec order,
            Scores scores,
            Postprocessing postprocessing,
            QuantizationProgress progress) {
        EvaluationImages images = scores.images();
        progress.at("thumbnails", 0, 1);
        Evaluation evaluation = new EvaluationRecorder(workshop.evaluations())
                .record(new EvaluationRecorder.NewEvaluation(
                        order.id(),
                        order.version().id(),
                        order.origin(),
                        Task.CLASSIFICATION,
                        ModelEvaluation.data(images),
                        new ReportJson().write(scores.report()),
                        EvaluationRecorder.classified(
                                images.images(), scores.scored(), ModelEvaluation.temperature(postprocessing))));
        progress.at("thumbnails", 1, 1);
        return new ModelEvaluation.EvaluationResult(
                evaluation,
                new ModelEvaluation.Report.Labels(scores.report(), scores.scored()),
                EvaluationNotes.of(
                        order,
                        images.learnedFrom(),
                        images.repeated(),
                        images.strangers(),
                        LearnedImages.of(order.version(), workshop.datasets()).isPresent()));
    }
}
