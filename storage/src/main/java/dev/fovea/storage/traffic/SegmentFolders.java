package dev.fovea.storage.traffic;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders with segments: one for each process that writes, which it locks. The system releases the lock at any end
 * of the process; the folder is then another's to empty.
 */
final class SegmentFolders {

    private static final String LOCK = "lock";

    private final Path root;

    SegmentFolders(Path root) {
        this.root = root;
    }

    /**
     * A folder that this process has locked.
     *
     * @param path of it; its name is unique
     */
    record Locked(Path path, FileChannel lock) implements AutoCloseable {

        /** Removes the folder if it is empty, and gives it up. */
        @Override
        public void close() {
            try {
                if (Segments.in(path).isEmpty()) {
                    DurableFiles.deleteTree(path);
                }
                lock.close();
            } catch (IOException e) {
                System.getLogger(SegmentFolders.class.getName())
                        .log(System.Logger.Level.DEBUG, "The next server removes " + path, e);
            }
        }
    }

    /** A new folder of this process. */
    Locked create() {
        Path folder = root.resolve(UlidCreator.getMonotonicUlid().toString());
        try {
            Files.createDirectories(folder);
            return lock(folder).orElseThrow(() -> new IOException("a new folder is locked already"));
        } catch (IOException e) {
            throw StorageFailure.of("Opening the prediction log", folder, e);
        }
    }

    /** Folders of processes that have ended. */
    List<Locked> abandoned() throws IOException {
        List<Locked> free = new ArrayList<>();
        for (Path folder : all()) {
            lock(folder).ifPresent(free::add);
        }
        return free;
    }

    /** All folders, the oldest first. */
    List<Path> all() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Optional<Locked> lock(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // another process has emptied it
        }
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // another part of this process has it
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new Locked(folder, channel));
    }
}
