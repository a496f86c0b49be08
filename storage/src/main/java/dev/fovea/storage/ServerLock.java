package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Allows one server per home on SQLite: two would overwrite each other's metrics. The system releases the lock at any
 * end of the process; commands do not need it.
 */
public final class ServerLock implements AutoCloseable {

    /** The lock of a home with any number of servers. */
    static final ServerLock NONE = new ServerLock(Optional.empty());

    private static final String FILE = "serve.lock";

    private final Optional<FileChannel> channel;

    private ServerLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /** Takes the lock; {@code STATE_CONFLICT} when another server has it. */
    static ServerLock take(Path home) {
        Path file = home.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "Another server uses the home %s. Stop it, or use another home with --home.".formatted(home));
            }
            return new ServerLock(Optional.of(channel));
        } catch (IOException e) {
            throw StorageFailure.of("Locking the home", home, e);
        }
    }

    /** Whether a server uses the home. */
    static boolean isTaken(Path home) {
        try (FileChannel channel = FileChannel.open(home.resolve(FILE), StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StorageFailure.of("Checking the lock of the home", home, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a lock that does not close ends with the process", e);
        }
    }
}
