package dev.fovea.pipeline.jobs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file of a request cannot be read, and what to do about it. */
public final class UnreadableFile {

    private UnreadableFile() {}

    /** The error for a path that could not be read. */
    public static FoveaException error(Path path, IOException e) {
        if (Files.isDirectory(path)) {
            return new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is a folder. Use the images in it: %s".formatted(path, path.resolve("*.jpg")),
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
