package dev.fovea.evaluation;

import java.nio.file.Path;

/**
 * A picture file and what it truly shows.
 *
 * @param file an encoded picture; its path names the picture in results
 * @param label index into the model's labels
 */
public record LabelledPicture(Path file, int label) {}
