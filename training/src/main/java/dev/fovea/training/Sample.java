package dev.fovea.training;

import java.nio.file.Path;

/**
 * One labelled image.
 *
 * @param image the file
 * @param label index into the labels
 */
public record Sample(Path image, int label) {}
