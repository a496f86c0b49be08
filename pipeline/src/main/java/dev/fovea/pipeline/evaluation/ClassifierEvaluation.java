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
 * The evaluation of a classifier in two steps: prediction and recording. A candidate is scored before it is registered,
 * so that its temperature and metrics are part of the version.
 */
public final class ClassifierEvaluation {

    /** Tolerance for the sum of an output's probabilities; above the rounding of 16-bit floats. */
    private static final double SUM_TOLERANCE = 0.01;

    private final JobTools workshop;

    ClassifierEvaluation(JobTools workshop) {
        this.workshop = workshop;
    }

    /** Predictions of a classifier on labelled images. */
    public record Scores(EvaluationImages images, ScoredImages scored, ClassificationReport report) {

        /**
         * The metrics to register with a version.
         *
         * @param temperature divisor of its logits
         */
        public Map<String, Double> metrics(double temperature) {
            Map<String, Double> metrics = new HashMap<>(ReportMetrics.of(report));
            if (!scored.scored().isEmpty()) {
                metrics.putAll(EvaluatedConfidence.metrics(scored.confidence(temperature)));
            }
            return metrics;
        }

        /**
         * The temperature for an uncalibrated network: that of the report if its output goes through a softmax or
         * consists of probabilities with the sum 1; else 1.
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
        return score(bundle, EvaluationImages.of(source.folder(), labels, learned, source.named()), progress);
    }

    /** The same for images that were read before. */
    Scores score(Bundle bundle, EvaluationImages images, QuantizationProgress progress) {
        List<String> labels = bundle.manifest().labels();
        ScoredImages scored = new ServingScores(workshop)
                .of(bundle, images.labelled(labels), (done, of) -> progress.at("images", done, of));
        return new Scores(images, scored, ClassificationReport.of(scored));
    }

    /**
     * Records an evaluation with its images; durable on return.
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
                        images.unknownFolders(),
                        LearnedImages.of(order.version(), workshop.datasets()).isPresent()));
    }
}
