package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Image files that a command line names. */
final class ImageFiles {

    private ImageFiles() {}

    /** The encoded images by file name; {@code ARGUMENT_INVALID} for one that cannot be read. */
    static Map<String, byte[]> read(List<Path> paths) {
        Map<String, byte[]> images = new TreeMap<>();
        for (Path path : paths) {
            try {
                images.put(path.getFileName().toString(), Files.readAllBytes(path));
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        return images;
    }

    static FoveaException unreadable(Path path, IOException e) {
        if (Files.isDirectory(path)) {
            return new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is a folder. Give the images in it: %s".formatted(path, path.resolve("*.jpg")),
                    e);
        }
        if (!Files.exists(path)) {
            return new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s does not exist. Check the path.".formatted(path), e);
        }
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID, "%s cannot be read. Check the path and its rights.".formatted(path), e);
    }
}
