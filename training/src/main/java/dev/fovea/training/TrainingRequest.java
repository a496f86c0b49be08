package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.training.memory.HeapNeed;
import java.nio.file.Path;
import java.util.List;

/**
 * The request of a training process.
 *
 * @param initialModel ONNX file with initial or pretrained weights
 * @param output path of the trained model
 * @param contract preprocessing contract of the initial model
 * @param labels in the order of the model's scores
 * @param training training images
 * @param validation validation images, for early stopping and the choice of weights
 * @param settings hyperparameters
 */
public record TrainingRequest(
        Path initialModel,
        Path output,
        PreprocessingContract contract,
        List<String> labels,
        List<Sample> training,
        List<Sample> validation,
        TrainingSettings settings) {

    /** Of a number by class in a sorted map, with boxes. */
    private static final int ENTRY_BYTES = 96;

    /** Checks that there is something to learn; {@code DATASET_INVALID} otherwise. */
    public TrainingRequest {
        labels = List.copyOf(labels);
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        int classes = labels.size();
        for (Sample sample : training) {
            requireLabel(sample, classes);
        }
        for (Sample sample : validation) {
            requireLabel(sample, classes);
        }
        long seen = training.stream().mapToInt(Sample::label).distinct().count();
        if (classes < 2 || seen < 2 || validation.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "Training needs images of at least 2 classes and validation images; there are %d labels, %d training images of %d classes and %d validation images."
                            .formatted(classes, training.size(), seen, validation.size()));
        }
    }

    private static void requireLabel(Sample sample, int classes) {
        boolean isOutside = sample.softLabel().keySet().stream().anyMatch(index -> index < 0 || index >= classes);
        if (isOutside || sample.label() < 0 || sample.label() >= classes) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s has the label %d%s, but there are %d labels counted from 0."
                            .formatted(
                                    sample.image(),
                                    sample.label(),
                                    sample.hasSoftLabel() ? " and the soft label " + sample.softLabel() : "",
                                    classes));
        }
    }

    /** The heap of the process, for decoded images and labels. */
    long heapMegabytes() {
        return HeapNeed.megabytes(contract, (long) training.size() + validation.size()) + softLabelMegabytes();
    }

    /** Distributions over the classes: as they were read, and as targets. */
    private long softLabelMegabytes() {
        long bytes = 0;
        for (Sample sample : training) {
            if (sample.hasSoftLabel()) {
                bytes += (long) ENTRY_BYTES * sample.softLabel().size() + (long) Double.BYTES * labels.size();
            }
        }
        return bytes / (1 << 20);
    }
}
