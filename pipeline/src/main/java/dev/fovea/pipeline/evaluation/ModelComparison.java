package dev.fovea.pipeline.evaluation;

import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.registry.ModelVersion;
import java.util.List;
import java.util.function.Function;

/**
 * Evaluates two registered versions on the same labelled images and compares them, image by image. Training images of
 * either are left out.
 */
public final class ModelComparison {

    private final JobTools workshop;

    /** A comparison with these tools. */
    public ModelComparison(JobTools workshop) {
        this.workshop = workshop;
    }

    /**
     * A comparison request.
     *
     * @param baseline the reference version
     * @param candidate the other version
     * @param data as in {@link ModelEvaluation.EvaluationSpec}; empty for the training data of the candidate
     */
    public record ComparisonSpec(ModelVersion baseline, ModelVersion candidate, String data) {

        /** Whether two versions are the same network with the same contract, so that there is nothing to compare. */
        public boolean isOfOneBundle() {
            return !baseline.id().equals(candidate.id()) && baseline.bundleId().equals(candidate.bundleId());
        }
    }

    /** Both recorded evaluations and their comparison. */
    public record ComparisonResult(
            ModelEvaluation.EvaluationResult baseline,
            ModelEvaluation.EvaluationResult candidate,
            RecordedComparison comparison) {}

    /**
     * Compares.
     *
     * @param progress by version
     * @throws FoveaException {@code ARGUMENT_INVALID} for the same version twice, and as {@link ModelEvaluation#run}
     *     and {@link RecordedComparison#of} do
     */
    public ComparisonResult run(ComparisonSpec order, Function<ModelVersion, QuantizationProgress> progress) {
        ModelVersion one = order.baseline();
        ModelVersion other = order.candidate();
        if (one.id().equals(other.id())) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "Both are %s. Name two versions.".formatted(one.id()));
        }
        String data = order.data().isEmpty() ? other.lineage().dataset() : order.data();
        ModelEvaluation.EvaluationResult first = evaluate(one, other, data, progress);
        ModelEvaluation.EvaluationResult second = evaluate(other, one, data, progress);
        return new ComparisonResult(
                first, second, RecordedComparison.of(first.evaluation(), second.evaluation(), workshop.evaluations()));
    }

    private ModelEvaluation.EvaluationResult evaluate(
            ModelVersion version,
            ModelVersion others,
            String data,
            Function<ModelVersion, QuantizationProgress> progress) {
        return new ModelEvaluation(workshop)
                .run(
                        new ModelEvaluation.EvaluationSpec(
                                ModelEvaluation.newId(), version, data, List.of(others), Evaluation.Origin.COMPARE),
                        progress.apply(version));
    }
}
