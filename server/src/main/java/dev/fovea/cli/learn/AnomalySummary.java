package dev.fovea.cli.learn;

import dev.fovea.api.EvaluationTrees;
import dev.fovea.pipeline.anomaly.AnomalyTraining;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The result of a training from good images for {@code --json}.
 *
 * @param images good images that were learned from
 * @param comparison with the version in production; absent when there was none
 * @param verdict with its figures
 */
record AnomalySummary(
        String model,
        int version,
        int images,
        double seconds,
        TrainingSummary.PromotionSummary promotion,
        Optional<TrainingSummary.Against> comparison,
        JsonNode verdict) {

    static AnomalySummary of(AnomalyTraining.AnomalyResult result) {
        return new AnomalySummary(
                result.version().name(),
                result.version().number(),
                result.images(),
                result.seconds(),
                new TrainingSummary.PromotionSummary(
                        result.promotion().promoted(), result.promotion().reason()),
                result.production().map(TrainingSummary.Against::of),
                EvaluationTrees.of(result.verdict()));
    }
}
