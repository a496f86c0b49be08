package dev.fovea.runtime;

import dev.fovea.model.embedding.EmbeddingOutput;
import dev.fovea.model.tensor.Tensor;
import java.util.List;

/**
 * What a network gives for one image, without the output that was added for the embedding.
 *
 * @param own outputs of the bundle's graph, in its order
 * @param embedding projected; empty where the graph gives none, or one that is not finite
 */
record NetworkOutputs(List<Tensor> own, float[] embedding) {

    private static final float[] NONE = {};

    static NetworkOutputs of(List<Tensor> all) {
        List<Tensor> own = EmbeddingOutput.without(all);
        return own.size() == all.size()
                ? new NetworkOutputs(all, NONE)
                : new NetworkOutputs(own, finite(all.getLast().floats()));
    }

    private static float[] finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return NONE;
            }
        }
        return values;
    }
}
