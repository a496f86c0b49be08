package dev.fovea.pipeline.jobs;

import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.monitoring.accuracy.HeldOutPrediction;
import dev.fovea.monitoring.accuracy.HeldOutPredictions;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The images of a version's evaluations as held-out images: those of the largest evaluation, of equally large ones the
 * oldest. They have neither measures nor embeddings.
 */
final class EvaluatedHeldOut implements HeldOutPredictions {

    private final EvaluationStore evaluations;

    EvaluatedHeldOut(EvaluationStore evaluations) {
        this.evaluations = evaluations;
    }

    @Override
    public List<HeldOutPrediction> of(ModelVersion version) {
        return evaluations.list(version.name(), version.number()).reversed().stream()
                .max(Comparator.comparingInt(evaluation -> evaluation.data().images()))
                .map(Evaluation::id)
                .map(evaluations::images)
                .map(EvaluatedHeldOut::classified)
                .orElse(List.of());
    }

    private static List<HeldOutPrediction> classified(List<EvaluatedImage> images) {
        List<HeldOutPrediction> heldOut = new ArrayList<>();
        for (EvaluatedImage image : images) {
            if (image.result() instanceof ImageResult.Classified(String truth, String predicted, double confidence)) {
                heldOut.add(new HeldOutPrediction(
                        new PredictedOutput.TopLabels(List.of(new LoggedLabel(predicted, (float) confidence)), 0),
                        new TrueLabels.TrueLabel(truth),
                        ImageObservation.NONE));
            }
        }
        return heldOut;
    }
}
