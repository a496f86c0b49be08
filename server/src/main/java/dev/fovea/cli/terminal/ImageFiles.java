package dev.fovea.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Image files that a command line names. */
public final class ImageFiles {

    private ImageFiles() {}

    /** The encoded images by file name; {@code ARGUMENT_INVALID} for one that cannot be read. */
    public static Map<String, byte[]> read(List<Path> paths) {
        Map<String, byte[]> images = new TreeMap<>();
        for (Path path : paths) {
            try {
                images.put(path.getFileName().toString(), Files.readAllBytes(path));
            } catch (IOException e) {
                throw UnreadableFile.error(path, e);
            }
        }
        return images;
    }
}
