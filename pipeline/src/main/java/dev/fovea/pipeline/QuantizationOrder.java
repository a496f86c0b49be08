package dev.fovea.pipeline;

import dev.fovea.quantize.Gate;
import java.nio.file.Path;

/**
 * What to quantize.
 *
 * @param name of the model
 * @param version of it, FP32 or FP16
 * @param folder pictures like those to come, in a folder per label or as they are
 * @param gate when the result is good enough
 * @param note free words
 */
public record QuantizationOrder(String name, int version, Path folder, Gate gate, String note) {}
