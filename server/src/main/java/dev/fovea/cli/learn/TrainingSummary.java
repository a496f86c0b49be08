package dev.fovea.cli.learn;

import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.pipeline.FittedNetwork;
import dev.fovea.pipeline.ModelTraining;
import dev.fovea.pipeline.anomaly.AnomalyAlternative;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.quantization.ModelQuantization;
import dev.fovea.registry.ModelVersion;
import dev.fovea.training.TrainingEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A training's result for {@code --json}.
 *
 * @param comparison with the version in production; absent when there was none
 * @param int8 absent when INT8 was not requested or could not be tried
 */
record TrainingSummary(
        String model,
        int version,
        DatasetSummary dataset,
        TrainingRun training,
        PromotionSummary promotion,
        Optional<Against> comparison,
        JsonNode evaluation,
        Optional<Int8Summary> int8) {

    /**
     * What it was trained on.
     *
     * @param version the version of the data set, else the id of the folder's list of images
     * @param images number of images
     * @param doubtful every group of near-duplicates with different labels
     */
    record DatasetSummary(String version, int images, List<IngestReport.Group> doubtful) {}

    /**
     * How it was trained.
     *
     * @param epochs absent where only a head was fitted, as the two after it
     * @param stopped the reason for the end
     * @param head how a head was fitted; absent for a network that was trained from random weights
     * @param alternative an anomaly detector on the same images; absent where no class dominates
     */
    record TrainingRun(
            double seconds,
            Optional<Integer> epochs,
            Optional<Double> imagesPerSecond,
            Optional<String> stopped,
            Optional<HeadReport> head,
            Optional<AnomalyAlternative> alternative) {

        static TrainingRun of(ModelTraining.TrainingResult result) {
            FittedNetwork learning = result.learning();
            return new TrainingRun(
                    learning.network().seconds(),
                    learning.epochs().map(TrainingEvent.Finished::epochs),
                    learning.epochs().map(TrainingEvent.Finished::imagesPerSecond),
                    learning.epochs().map(end -> end.stopped().name().toLowerCase(Locale.ROOT)),
                    learning.head(),
                    result.alternative());
        }
    }

    /** Whether it went into production, and why. */
    record PromotionSummary(boolean promoted, String reason) {}

    /**
     * The result of quantizing it.
     *
     * @param version that was registered; absent when INT8 is refused
     * @param refused the reason
     * @param speedUp how many times as fast INT8 is here
     */
    record Int8Summary(Optional<Integer> version, Optional<String> refused, double speedUp) {

        static Int8Summary of(ModelQuantization.VersionQuantization result) {
            return new Int8Summary(
                    result.version().map(ModelVersion::number),
                    result.refused(),
                    result.verdict().report().speedUp().ratio().value());
        }
    }

    /**
     * How it compares with what was in production.
     *
     * @param leftOut test images that production learned from
     * @param comparison absent where the two cannot be compared
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

    static TrainingSummary of(
            ModelTraining.TrainingResult result, Optional<ModelQuantization.VersionQuantization> int8) {
        return new TrainingSummary(
                result.version().name(),
                result.version().number(),
                new DatasetSummary(
                        result.version().lineage().trainedOn(),
                        result.report().counts().kept(),
                        result.report().duplicates().doubtful()),
                TrainingRun.of(result),
                new PromotionSummary(
                        result.promotion().promoted(), result.promotion().reason()),
                result.production().map(Against::of),
                new ReportJson().tree(result.evaluation()),
                int8.map(Int8Summary::of));
    }
}
