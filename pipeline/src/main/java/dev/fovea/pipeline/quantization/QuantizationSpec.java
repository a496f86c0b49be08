package dev.fovea.pipeline.quantization;

import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;

/**
 * What to quantize.
 *
 * @param name of the model
 * @param version of it, FP32 or FP16
 * @param data images like those to come: a folder, with a folder per label or as they are; for detectors also one with
 *     {@code images} and {@code labels} as YOLO tools have them; or the id of a data set version, or its first digits.
 *     Empty for what the version was trained on
 * @param precision to bring it to
 * @param gate when the result is good enough
 * @param note free words
 */
public record QuantizationSpec(
        String name, int version, String data, Precision precision, AcceptanceCriteria gate, String note) {}
