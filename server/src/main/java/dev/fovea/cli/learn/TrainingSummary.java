package dev.fovea.cli.learn;

import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.pipeline.ModelTraining;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.registry.ModelVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A training's result for {@code --json}.
 *
 * @param lookAlikes every group of images that look alike and bear different labels
 */
record TrainingSummary(
        String model,
        int version,
        String dataset,
        int images,
        double trainingSeconds,
        int epochs,
        double imagesPerSecond,
        String stopped,
        boolean production,
        String promotion,
        Optional<Against> comparison,
        List<IngestReport.Group> lookAlikes,
        JsonNode evaluation,
        Optional<Int8Summary> int8) {

    /**
     * What came of quantizing it; absent when it was not asked for or could not be tried.
     *
     * @param version that was registered; null when INT8 does not win
     * @param refused why not
     * @param speedUp how many times as fast INT8 is here
     */
    record Int8Summary(Optional<Integer> version, Optional<String> refused, double speedUp) {

        static Int8Summary of(ModelQuantization.Result result) {
            return new Int8Summary(
                    result.version().map(ModelVersion::number),
                    result.refused(),
                    result.verdict().report().speedUp().ratio().value());
        }
    }

    /**
     * How it compares with what was in production.
     *
     * @param leftOut held-out images that production learned from
     * @param comparison null where the two cannot be compared
     */
    record Against(int production, int leftOut, String sentence, Optional<JsonNode> comparison) {

        static Against of(ProductionComparison against) {
            return new Against(
                    against.production(),
                    against.leftOut(),
                    against.sentence(),
                    against.comparison().map(new ReportJson()::tree));
        }
    }

    static TrainingSummary of(ModelTraining.Result result, Optional<ModelQuantization.Result> int8) {
        return new TrainingSummary(
                result.version().name(),
                result.version().number(),
                result.version().lineage().dataset(),
                result.report().kept(),
                result.training().seconds(),
                result.training().epochs(),
                result.training().imagesPerSecond(),
                result.training().stopped().name().toLowerCase(Locale.ROOT),
                result.promotion().promoted(),
                result.promotion().reason(),
                result.production().map(Against::of),
                result.report().doubtful(),
                new ReportJson().tree(result.evaluation()),
                int8.map(Int8Summary::of));
    }
}
