package dev.fovea.storage.files;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Error messages of storage failures, with the remedy. */
public final class StorageFailure {

    private static final String FREE_SPACE = "Free space on that disk, or choose a home on another one with --home.";

    /** Less than a page of the database. */
    private static final long FULL_BYTES = 4096;

    private StorageFailure() {}

    /**
     * {@code STORAGE_FAILED} for a failed operation, {@code doing} beginning with a capital; or {@code CANCELLED} when
     * the thread was interrupted, which closes its file.
     */
    public static FoveaException of(String doing, Path where, Exception cause) {
        if (root(cause) instanceof ClosedByInterruptException) {
            return new FoveaException(
                    ErrorCode.CANCELLED, "%s in %s was cancelled; nothing was stored.".formatted(doing, where), cause);
        }
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                isFull(where)
                        ? "%s in %s failed: its disk is full. %s".formatted(doing, where, FREE_SPACE)
                        : "%s in %s failed: %s. %s".formatted(doing, where, reason(cause), remedy(cause)),
                cause);
    }

    /** Checked on the disk itself, since SQLite has many messages for it. */
    private static boolean isFull(Path where) {
        try {
            return Files.getFileStore(where).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static String reason(Throwable cause) {
        Throwable root = root(cause);
        if (root instanceof AccessDeniedException) {
            return "access is denied";
        }
        String message = root instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.strip();
    }

    private static String remedy(Throwable cause) {
        String message = reason(cause).toLowerCase(Locale.ROOT);
        if (message.contains("no space left") || message.contains("disk is full") || message.contains("quota")) {
            return FREE_SPACE;
        }
        if (message.contains("denied") || message.contains("read-only") || message.contains("readonly")) {
            return "Grant the user of this program the right to write there, or choose another home with --home.";
        }
        if (message.contains("busy") || message.contains("locked")) {
            return "Another program has locked it for too long. Stop that program and try again.";
        }
        if (message.contains("not a database") || message.contains("malformed")) {
            return "The file is damaged: restore it from a copy. Without one, move it away, start again and import the models in bundles/ anew.";
        }
        return "Check the disk and its rights, and try again.";
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
