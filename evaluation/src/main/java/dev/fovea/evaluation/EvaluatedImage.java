package dev.fovea.evaluation;

import java.util.Optional;

/**
 * One image of an evaluation.
 *
 * @param number its place in the evaluation, from 0
 * @param name relative to the folder that was evaluated
 * @param contentHash SHA-256 of the file's bytes, by which evaluations are matched
 * @param result the prediction against the truth
 * @param thumbnail a small JPEG of it, where one is kept
 */
public record EvaluatedImage(
        int number, String name, String contentHash, ImageResult result, Optional<Thumbnail> thumbnail) {

    /**
     * Where a small JPEG is kept: many of them are stored together.
     *
     * @param pack the stored bytes of many
     * @param offset of the first byte
     * @param length in bytes
     */
    public record Thumbnail(String pack, int offset, int length) {}
}
