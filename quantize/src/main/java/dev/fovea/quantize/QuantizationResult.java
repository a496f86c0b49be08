package dev.fovea.quantize;

import dev.fovea.model.graph.OnnxModel;

/** What came of quantizing. */
public sealed interface QuantizationResult {

    /** What was found out. */
    QuantizationReport report();

    /** Smaller, faster here, and without a loss beyond the margin on held-out images. */
    record Delivered(OnnxModel model, QuantizationReport report) implements QuantizationResult {}

    /**
     * The original is to be kept.
     *
     * @param reason in plain words
     */
    record Refused(String reason, QuantizationReport report) implements QuantizationResult {}
}
