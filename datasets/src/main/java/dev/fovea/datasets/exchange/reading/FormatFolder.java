package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.formats.ImageIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder in which annotations are looked for.
 *
 * @param index of its files
 * @param only the one annotation file to read; empty for all
 */
public record FormatFolder(ImageIndex index, Optional<Path> only) {

    /** The annotation files of an extension, in lower case without the dot. */
    public List<Path> files(String extension) {
        return index.files(extension).stream()
                .filter(file -> only.isEmpty() || only.get().equals(file))
                .toList();
    }
}
