package dev.fovea.pipeline;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import java.util.List;
import java.util.Optional;

/**
 * How a network is used.
 *
 * @param contract what it wants done to an image; empty for one that is sent tensors only
 * @param postprocessing how its outputs are decoded; empty for a model with labels, whose output is looked at
 * @param labels in the order of its output; empty where the task has none
 * @param options what is said about the output of a model with labels
 */
public record NetworkUse(
        Optional<PreprocessingContract> contract,
        Optional<Postprocessing> postprocessing,
        List<String> labels,
        OutputOptions options) {

    /** Nothing is said about its output. */
    public NetworkUse(
            Optional<PreprocessingContract> contract, Optional<Postprocessing> postprocessing, List<String> labels) {
        this(contract, postprocessing, labels, OutputOptions.NONE);
    }
}
