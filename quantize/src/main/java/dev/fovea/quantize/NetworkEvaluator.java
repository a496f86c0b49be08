package dev.fovea.quantize;

import dev.fovea.model.graph.OnnxModel;

/** Compares a quantized network with the one that it was made of. */
@FunctionalInterface
public interface NetworkEvaluator {

    /** Looks at the images that are held out with both networks, or remembers what the first one answered. */
    AcceptanceResult judge(OnnxModel candidate);
}
