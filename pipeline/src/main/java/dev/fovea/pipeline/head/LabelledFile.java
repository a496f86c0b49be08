package dev.fovea.pipeline.head;

import dev.fovea.training.Sample;

/**
 * One image of a data set.
 *
 * @param sample its file and target
 * @param contentHash SHA-256 of the file, 64 hexadecimal digits
 * @param group images of one number are near duplicates, and stay together in cross-validation
 */
public record LabelledFile(Sample sample, String contentHash, int group) {}
