package dev.fovea.evaluation;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.detection.DetectionReport;
import java.time.Instant;

/**
 * An evaluation of a version, on record.
 *
 * @param id a ULID, so that ids sort by time
 * @param model name of the model
 * @param version its number
 * @param origin which work it belongs to
 * @param task {@code classification} or {@code detection}
 * @param data what it was evaluated on
 * @param created when it was recorded
 * @param report the {@link ClassificationReport} or {@link DetectionReport} as JSON
 */
public record Evaluation(
        String id,
        String model,
        int version,
        Origin origin,
        String task,
        EvaluationSource data,
        Instant created,
        String report) {

    /** Which work an evaluation belongs to. */
    public enum Origin {
        /** On the test images of the training. */
        TRAIN,
        /** For a comparison of two versions, such as that of production with a later version. */
        COMPARE,
        /** At an import. */
        IMPORT,
        /** On its own. */
        EVALUATE
    }

    /**
     * The images of an evaluation.
     *
     * @param id of the image list; for a folder, the SHA-256 that an image list of these images has
     * @param name of the folder, without its path
     * @param images evaluated, those that failed among them
     * @param learnedFrom images that were left out because the version learned from them
     * @param repeated files that were left out because another one has the same content
     */
    public record EvaluationSource(String id, String name, int images, int learnedFrom, int repeated) {}
}
