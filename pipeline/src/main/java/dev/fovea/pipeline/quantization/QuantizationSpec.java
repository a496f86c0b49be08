package dev.fovea.pipeline.quantization;

import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;

/**
 * A quantization request.
 *
 * @param name of the model
 * @param version number of an FP32 or FP16 version
 * @param data images like those in production: a folder, with or without a folder per label; for detectors also a YOLO
 *     folder with {@code images} and {@code labels}; or the id of a data set version, or a prefix of it. Empty for the
 *     training data of the version
 * @param precision target precision
 * @param gate acceptance criteria
 * @param note free text
 */
public record QuantizationSpec(
        String name, int version, String data, Precision precision, AcceptanceCriteria gate, String note) {}
