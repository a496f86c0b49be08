package dev.fovea.evaluation;

import java.util.Optional;

/**
 * One image of an evaluation.
 *
 * @param number its index in the evaluation, from 0
 * @param name relative to the evaluated folder
 * @param contentHash SHA-256 of the file's bytes, by which evaluations are matched
 * @param result the prediction and the ground truth
 * @param thumbnail a small JPEG, if stored
 */
public record EvaluatedImage(
        int number, String name, String contentHash, ImageResult result, Optional<Thumbnail> thumbnail) {

    /**
     * The location of a small JPEG in a pack.
     *
     * @param pack id of the pack
     * @param offset of the first byte
     * @param length in bytes
     */
    public record Thumbnail(String pack, int offset, int length) {}
}
