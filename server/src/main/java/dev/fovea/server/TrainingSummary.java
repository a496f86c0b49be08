package dev.fovea.server;

import dev.fovea.evaluation.ReportJson;
import dev.fovea.pipeline.ModelTraining;
import tools.jackson.databind.JsonNode;

/** A training's result for {@code --json}. */
record TrainingSummary(
        String model,
        int version,
        String dataset,
        int pictures,
        double trainingSeconds,
        int epochs,
        double picturesPerSecond,
        JsonNode evaluation) {

    static TrainingSummary of(ModelTraining.Result result) {
        return new TrainingSummary(
                result.version().name(),
                result.version().number(),
                result.version().lineage().dataset(),
                result.report().kept(),
                result.training().seconds(),
                result.training().epochs(),
                result.training().picturesPerSecond(),
                new ReportJson().tree(result.evaluation()));
    }
}
