package dev.fovea.pipeline;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.model.decoder.OutputOptions;
import dev.fovea.model.decoder.Postprocessing;
import java.util.List;
import java.util.Optional;

/**
 * Preprocessing and output decoding of a network.
 *
 * @param contract preprocessing contract; empty for a model that takes tensors
 * @param postprocessing output decoding; empty for a model with labels, whose output a trial run classifies
 * @param labels in the order of its output; empty where the task has none
 * @param options declared output, activation and threshold of a model with labels
 */
public record NetworkUse(
        Optional<PreprocessingContract> contract,
        Optional<Postprocessing> postprocessing,
        List<String> labels,
        OutputOptions options) {

    /** Without output options. */
    public NetworkUse(
            Optional<PreprocessingContract> contract, Optional<Postprocessing> postprocessing, List<String> labels) {
        this(contract, postprocessing, labels, OutputOptions.NONE);
    }

    /** The same with another decode mode in its contract. */
    NetworkUse withDecode(DecodeMode mode) {
        return new NetworkUse(contract.map(known -> known.withDecode(mode)), postprocessing, labels, options);
    }
}
