package dev.fovea.datasets;

import java.nio.file.Path;

/**
 * A file that lies where images are expected; nothing of it has been read.
 *
 * @param file where it is
 * @param path relative to the data set's folder, with {@code /} between its parts
 * @param label the class folder's name, in Unicode normal form C
 * @param side the split folder's side, or {@link Side#UNASSIGNED}
 */
public record FoundFile(Path file, String path, String label, Side side) {}
