package dev.fovea.datasets;

/**
 * A file or folder that was left alone.
 *
 * @param path relative to the data set's folder
 * @param reason why, for a person
 */
public record SkippedFile(String path, String reason) {}
