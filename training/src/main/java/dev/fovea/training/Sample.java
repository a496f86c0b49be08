package dev.fovea.training;

import java.nio.file.Path;

/**
 * One labelled picture.
 *
 * @param picture the file
 * @param label index into the labels
 */
public record Sample(Path picture, int label) {}
