package dev.fovea.quantize;

import dev.fovea.model.graph.OnnxModel;

/** The result of a quantization. */
public sealed interface QuantizationResult {

    /** What was found out. */
    QuantizationReport report();

    /** Smaller, faster on this machine, and with a loss within the margin on test images. */
    record Delivered(OnnxModel model, QuantizationReport report) implements QuantizationResult {}

    /**
     * Not worth it: keep the original.
     *
     * @param reason why, as a sentence
     */
    record Refused(String reason, QuantizationReport report) implements QuantizationResult {}
}
