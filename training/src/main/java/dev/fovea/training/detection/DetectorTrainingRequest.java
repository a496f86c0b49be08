package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.training.TrainingProcess;
import dev.fovea.training.memory.HeapNeed;
import java.nio.file.Path;
import java.util.List;

/**
 * The request of a training process that learns a detector.
 *
 * @param initialModel ONNX file with initial or learned weights, whose output has {@link DetectorForm}
 * @param output path of the trained model
 * @param contract preprocessing contract of the model
 * @param labels in the order of the model's class scores
 * @param training training images
 * @param validation validation images, for the choice of weights
 * @param settings hyperparameters
 */
public record DetectorTrainingRequest(
        Path initialModel,
        Path output,
        PreprocessingContract contract,
        List<String> labels,
        List<LabelledBoxes> training,
        List<LabelledBoxes> validation,
        DetectorSettings settings) {

    /** Checks that there is something to learn; {@code DATASET_INVALID} otherwise. */
    public DetectorTrainingRequest {
        labels = List.copyOf(labels);
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        if (labels.isEmpty() || boxes(training) == 0 || boxes(validation) == 0) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "Training a detector needs boxes in training and in validation images; there are %d boxes in %d training images, %d in %d validation images, and %d labels."
                            .formatted(
                                    boxes(training),
                                    training.size(),
                                    boxes(validation),
                                    validation.size(),
                                    labels.size()));
        }
    }

    private static int boxes(List<LabelledBoxes> images) {
        return images.stream().mapToInt(image -> image.boxes().size()).sum();
    }

    /** What the model takes and gives. */
    DetectorForm form() {
        return new DetectorForm(contract.outputSize(), labels.size());
    }

    /** The work of a process. */
    public TrainingProcess.ChildWork work() {
        return new TrainingProcess.ChildWork(
                DetectorTrainingMain.class.getName(),
                new DetectorTrainingJson().request(this),
                HeapNeed.megabytes(contract, (long) training.size() + validation.size()) + SCENES_MB,
                settings.threads());
    }

    /** Batches that wait, and canvases on the way. */
    private static final long SCENES_MB = 256;
}
