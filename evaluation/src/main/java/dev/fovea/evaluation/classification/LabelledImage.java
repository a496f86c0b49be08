package dev.fovea.evaluation.classification;

import java.nio.file.Path;

/**
 * An image file and what it truly shows.
 *
 * @param file an encoded image; its path names the image in results
 * @param label index into the model's labels
 */
public record LabelledImage(Path file, int label) {}
