package dev.fovea.datasets;

import java.nio.file.Path;

/**
 * A candidate image file, not yet read.
 *
 * @param file its path
 * @param path relative to the data set's folder, with {@code /} between its parts
 * @param label the class folder's name, in Unicode normal form C
 * @param split split of its folder, or {@link Split#UNASSIGNED}
 */
public record FoundFile(Path file, String path, String label, Split split) {}
