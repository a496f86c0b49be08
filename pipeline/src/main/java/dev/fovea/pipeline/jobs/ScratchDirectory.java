package dev.fovea.pipeline.jobs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is deleted on close. */
public final class ScratchDirectory implements AutoCloseable {

    private final Path path;

    public ScratchDirectory(Scratch scratch) {
        this.path = scratch.next();
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be made: %s. Free space or check the rights.".formatted(path, e.getMessage()),
                    e);
        }
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    public void write(String name, byte[] bytes) {
        try {
            Files.write(path.resolve(name), bytes);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be written: %s. Free space or check the rights."
                            .formatted(path.resolve(name), e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            // the next start removes the rest
        }
    }
}
