package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Bytes addressed by their SHA-256 in a local directory, {@code ab/abcd…}. Safe for threads and processes: a blob
 * appears whole under its name or not at all, and never changes.
 */
public final class BlobStore {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;
    private final Workspace workspace;
    private final DurableFiles files;

    BlobStore(Path directory, Workspace workspace, DurableFiles files) {
        this.directory = directory;
        this.workspace = workspace;
        this.files = files;
    }

    /** Keeps bytes and returns their id; durable on return. */
    public String put(byte[] bytes) {
        return put(new ByteArrayInputStream(bytes));
    }

    /** Keeps what a stream gives and returns its id; durable on return. The stream is closed. */
    public String put(InputStream content) {
        Path draft = workspace.next();
        try {
            try {
                String id = files.write(content, draft);
                if (Files.exists(file(id))) {
                    files.confirm(file(id));
                } else {
                    files.publish(draft, file(id));
                }
                return id;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Writing a blob", directory, e);
        }
    }

    /**
     * The bytes of a blob; {@code NOT_FOUND} if it is not here, {@code STORAGE_FAILED} if they are no longer what was
     * kept.
     */
    public byte[] read(String id) {
        Path file = existing(id);
        try {
            byte[] bytes = Files.readAllBytes(file);
            String found = HexFormat.of().formatHex(DurableFiles.sha256().digest(bytes));
            if (!found.equals(id)) {
                throw new FoveaException(
                        ErrorCode.STORAGE_FAILED,
                        "%s has the SHA-256 %s: it was damaged or altered. Restore it from a copy."
                                .formatted(file, found));
            }
            return bytes;
        } catch (IOException e) {
            throw StorageFailure.of("Reading a blob", file, e);
        }
    }

    /** Whether a blob is here. */
    public boolean contains(String id) {
        return ID.matcher(id).matches() && Files.exists(file(id));
    }

    /** Removes a blob; does nothing when there is none. The caller knows that nothing refers to it. */
    void remove(String id) {
        if (!ID.matcher(id).matches()) {
            return;
        }
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw StorageFailure.of("Removing a blob", file(id), e);
        }
    }

    private Path existing(String id) {
        if (!contains(id)) {
            throw new FoveaException(
                    ErrorCode.NOT_FOUND, "There is no blob \"%s\" in %s; check the id.".formatted(id, directory));
        }
        return file(id);
    }

    private Path file(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id);
    }
}
