package dev.fovea.pipeline.jobs;

import dev.fovea.imaging.PreprocessingContract;
import java.util.Map;

/**
 * A network as a training left it.
 *
 * @param onnx a classifier whose first output is the logits
 * @param contract the preprocessing that it was trained with
 * @param seconds that it took
 * @param described what is kept in the lineage beside the request, such as the number of epochs
 */
@SuppressWarnings("ArrayRecordComponent") // large, written to a bundle, not compared
public record TrainedNetwork(
        byte[] onnx, PreprocessingContract contract, double seconds, Map<String, String> described) {

    public TrainedNetwork {
        described = Map.copyOf(described);
    }
}
