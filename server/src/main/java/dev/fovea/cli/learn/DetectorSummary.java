package dev.fovea.cli.learn;

import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.pipeline.detector.DetectorTraining;
import dev.fovea.pipeline.detector.DetectorWork;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The result of training a detector for {@code --json}.
 *
 * @param images that were learned from
 * @param comparison with the version in production; absent when there was none to compare with
 * @param evaluation report on the test images, with its verdict
 * @param int8 absent when INT8 was not requested or could not be tried
 */
record DetectorSummary(
        String model,
        int version,
        int images,
        DetectorLearning training,
        TrainingSummary.PromotionSummary promotion,
        Optional<String> comparison,
        JsonNode evaluation,
        Optional<TrainingSummary.Int8Summary> int8) {

    /**
     * How it was trained.
     *
     * @param steps for another training to follow
     */
    record DetectorLearning(double seconds, int epochs, double imagesPerSecond, String steps) {}

    static DetectorSummary of(DetectorWork.TrainedDetector trained) {
        DetectorTraining.DetectorResult result = trained.result();
        return new DetectorSummary(
                result.version().name(),
                result.version().number(),
                result.images(),
                new DetectorLearning(
                        result.learning().seconds(),
                        result.learning().epochs(),
                        result.learning().imagesPerSecond(),
                        result.learning().steps()),
                new TrainingSummary.PromotionSummary(
                        result.promotion().promoted(), result.promotion().reason()),
                result.comparison().map(RecordedComparison::sentence),
                new DetectionReportJson().tree(result.report()),
                trained.int8().map(TrainingSummary.Int8Summary::of));
    }
}
