package dev.fovea.datasets.exchange.writing;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hidden folder {@code .NAME.partial-PID} beside the target of an export. It gets the target's name when it is
 * complete, and is deleted otherwise: by its own process, or by the next export of the name when that was killed.
 */
final class PartialExport implements AutoCloseable {

    private final Path target;
    private final Path folder;

    private PartialExport(Path target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    /**
     * Makes the folder, after deleting those that killed exports of the same name left behind.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when the target is there and is not an empty folder
     */
    static PartialExport beside(Path target) throws IOException {
        requireFresh(target);
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.resolveSibling("");
        String prefix = "." + absolute.getFileName() + ".partial-";
        Files.createDirectories(parent);
        sweep(parent, Pattern.compile(Pattern.quote(prefix) + "(\\d+)"));
        Path folder = parent.resolve(prefix + ProcessHandle.current().pid());
        Files.createDirectory(folder);
        return new PartialExport(target, folder);
    }

    /** One of this process's own id is of an earlier process, as in a container, where each has the same. */
    private static void sweep(Path parent, Pattern name) throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(parent)) {
            found = entries.toList();
        }
        for (Path entry : found) {
            Matcher matcher = name.matcher(String.valueOf(entry.getFileName()));
            if (matcher.matches() && isAbandoned(Long.parseLong(matcher.group(1)))) {
                delete(entry);
            }
        }
    }

    private static boolean isAbandoned(long process) {
        return process == ProcessHandle.current().pid()
                || ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Where to write. */
    Path folder() {
        return folder;
    }

    /** Gives the folder its name. */
    void publish() throws IOException {
        requireFresh(target);
        Files.deleteIfExists(target);
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireFresh(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        boolean isFresh = false;
        if (Files.isDirectory(target)) {
            try (Stream<Path> entries = Files.list(target)) {
                isFresh = entries.findAny().isEmpty();
            }
        }
        if (!isFresh) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s exists and is not an empty folder. Give the export a folder of its own. Nothing was written."
                            .formatted(target));
        }
    }

    /** Deletes what was not published. */
    @Override
    public void close() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, "%s cannot be removed. Remove it.".formatted(folder), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
