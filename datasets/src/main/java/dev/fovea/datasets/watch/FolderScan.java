package dev.fovea.datasets.watch;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The image files of a folder and the folders below it that are new or changed since they were taken, and complete: one
 * that is still being written changes from look to look. Hidden files are left out. Not thread-safe.
 */
public final class FolderScan {

    private final Path folder;
    private final Duration settled;
    private Map<Path, State> looks = Map.of();
    private final Map<Path, State> taken = new HashMap<>();

    /** Size and time of a file, and since when they are the same. */
    private record State(long size, FileTime modified, Instant since) {
        boolean isSame(State other) {
            return size == other.size && modified.equals(other.modified);
        }
    }

    /**
     * What a look found.
     *
     * @param ready files to take, by name
     * @param unsettled number of files that may still be written
     * @param folders the folder and those below it
     */
    public record Look(List<Path> ready, int unsettled, List<Path> folders) {
        public Look {
            ready = List.copyOf(ready);
            folders = List.copyOf(folders);
        }
    }

    /** @param settled a file that did not change for so long is complete */
    public FolderScan(Path folder, Duration settled) {
        this.folder = folder;
        this.settled = settled;
    }

    /**
     * Looks at all files. Those that are ready count as taken from now on.
     *
     * @throws FoveaException {@code DATASET_INVALID} when the folder is gone or cannot be read
     */
    public Look look(Instant now) {
        Map<Path, State> found = new TreeMap<>();
        List<Path> folders = new ArrayList<>();
        walk(found, folders, now);
        List<Path> ready = new ArrayList<>();
        int unsettled = 0;
        for (Map.Entry<Path, State> each : found.entrySet()) {
            State state = each.getValue();
            if (taken.containsKey(each.getKey()) && taken.get(each.getKey()).isSame(state)) {
                continue;
            }
            if (state.since().plus(settled).isAfter(now)) {
                unsettled++;
            } else {
                ready.add(each.getKey());
                taken.put(each.getKey(), state);
            }
        }
        taken.keySet().retainAll(found.keySet());
        looks = found;
        return new Look(ready, unsettled, folders);
    }

    private void walk(Map<Path, State> found, List<Path> folders, Instant now) {
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                            if (!directory.equals(folder) && isHidden(directory)) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            folders.add(directory);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile()
                                    && !isHidden(file)
                                    && ImageFormat.looksLikeImage(file.toString())) {
                                found.put(file, state(file, attributes, now));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                            if (file.equals(folder)) {
                                throw e;
                            }
                            return FileVisitResult.CONTINUE; // gone between listing and looking
                        }
                    });
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The folder %s is gone or cannot be read. Check that it exists and is mounted, and its permissions; then watch it again."
                            .formatted(folder),
                    e);
        }
    }

    /** The time of the last change counts at the first look, if the clock of the file system is not ahead. */
    private State state(Path file, BasicFileAttributes attributes, Instant now) {
        FileTime modified = attributes.lastModifiedTime();
        State before = looks.getOrDefault(
                file,
                new State(
                        attributes.size(), modified, modified.toInstant().isBefore(now) ? modified.toInstant() : now));
        State state = new State(attributes.size(), modified, before.since());
        return before.isSame(state) ? state : new State(attributes.size(), modified, now);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
