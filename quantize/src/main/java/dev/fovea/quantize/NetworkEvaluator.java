package dev.fovea.quantize;

import dev.fovea.model.graph.OnnxModel;

/** Compares a quantized network with the one that it was made of. */
@FunctionalInterface
public interface NetworkEvaluator {

    /** Evaluates a candidate against the original on test images; may cache the original's predictions. */
    AcceptanceResult evaluate(OnnxModel candidate);
}
