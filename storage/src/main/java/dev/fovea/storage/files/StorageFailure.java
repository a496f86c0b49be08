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

/** Says what went wrong with the medium, and what helps. */
public final class StorageFailure {

    private static final String FREE_SPACE = "Free space on that disk, or choose a home on another one with --home.";

    /** Less than a page of the database. */
    private static final long FULL_BYTES = 4096;

    private StorageFailure() {}

    /**
     * {@code STORAGE_FAILED} for something that could not be done, {@code doing} beginning with a capital; or
     * {@code CANCELLED} when the thread was interrupted, which closes the file under its hands.
     */
    public static FoveaException of(String doing, Path where, Exception cause) {
        if (root(cause) instanceof ClosedByInterruptException) {
            return new FoveaException(
                    ErrorCode.CANCELLED, "%s in %s was cancelled; nothing was kept.".formatted(doing, where), cause);
        }
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                isFull(where)
                        ? "%s in %s failed: its disk is full. %s".formatted(doing, where, FREE_SPACE)
                        : "%s in %s failed: %s. %s".formatted(doing, where, reason(cause), remedy(cause)),
                cause);
    }

    /** Asked of the disk itself, since SQLite has many words for it. */
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
        String said = root instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : root.getMessage();
        return said == null ? root.getClass().getSimpleName() : said.strip();
    }

    private static String remedy(Throwable cause) {
        String said = reason(cause).toLowerCase(Locale.ROOT);
        if (said.contains("no space left") || said.contains("disk is full") || said.contains("quota")) {
            return FREE_SPACE;
        }
        if (said.contains("denied") || said.contains("read-only") || said.contains("readonly")) {
            return "Give the user who runs this program the right to write there, or choose another home with --home.";
        }
        if (said.contains("busy") || said.contains("locked")) {
            return "Another program has locked it for too long. Stop that program and try again.";
        }
        if (said.contains("not a database") || said.contains("malformed")) {
            return "The file is damaged: restore it from a copy. Without one, move it away, start again and import the models in bundles/ anew.";
        }
        return "Look at the disk and its rights, and try again.";
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
