package dev.fovea.pipeline.quantization;

import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.Precision;
import java.util.Optional;

/**
 * A quantization request.
 *
 * @param name of the model
 * @param version number of an FP32 or FP16 version
 * @param data images like those in production: a folder, with or without a folder per label; for detectors also a YOLO
 *     folder with {@code images} and {@code labels}; or the id of an image list, or a prefix of it. Empty for the
 *     training data of the version
 * @param dataset the version of the curated data set that {@code data} holds; empty for others
 * @param precision target precision
 * @param gate acceptance criteria
 * @param note free text
 */
public record QuantizationSpec(
        String name,
        int version,
        String data,
        Optional<String> dataset,
        Precision precision,
        AcceptanceCriteria gate,
        String note) {}
