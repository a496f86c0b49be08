package dev.fovea.storage.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** A file whose lock one process of several has. */
public final class LockFile {

    private static final long RETRY_NANOS = 5_000_000;

    private LockFile() {}

    /**
     * Runs work with the lock; the file is created where it is missing, and stays.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED} if it cannot be created or locked
     */
    public static void run(Path file, Runnable work) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock locked = lock(channel)) {
            if (locked.isValid()) {
                work.run();
            }
        } catch (IOException e) {
            throw StorageFailure.of("Preparing the home", file, e);
        }
    }

    /** Waits for other processes, and for other threads of this one, for which the system throws an exception. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
