package dev.fovea.model;

import java.util.List;

/**
 * One proof: a picture, the tensor it must become and the output it must give.
 *
 * @param picture file name inside the bundle's {@code golden} folder
 * @param tensorSha256 of the network's input bytes, little-endian
 * @param output the network's raw output, flattened
 * @param tolerance the largest difference allowed per element of the output
 */
public record GoldenVector(String picture, String tensorSha256, List<Float> output, double tolerance) {

    public GoldenVector {
        output = List.copyOf(output);
    }
}
