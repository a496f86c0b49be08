package dev.fovea.storage.files;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes addressed by their SHA-256 in a local directory, {@code ab/abcd…}. Safe for threads and processes: a blob
 * appears whole under its name or not at all, and never changes.
 */
public final class BlobDirectory implements BlobStore {

    private final Path directory;
    private final Workspace workspace;
    private final DurableFiles files;

    public BlobDirectory(Path directory, Workspace workspace, DurableFiles files) {
        this.directory = directory;
        this.workspace = workspace;
        this.files = files;
    }

    @Override
    public String put(byte[] bytes) {
        Path scratch = workspace.next();
        try {
            try {
                String id = files.write(new ByteArrayInputStream(bytes), scratch);
                if (Files.exists(file(id))) {
                    files.confirm(file(id));
                } else {
                    files.publish(scratch, file(id));
                }
                return id;
            } finally {
                Files.deleteIfExists(scratch);
            }
        } catch (IOException e) {
            throw StorageFailure.of("Writing a blob", directory, e);
        }
    }

    @Override
    public byte[] read(String id) {
        Path file = existing(id);
        try {
            byte[] bytes = Files.readAllBytes(file);
            String found = DurableFiles.hash(bytes);
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

    @Override
    public byte[] read(String id, long position, int length) {
        Path file = existing(id);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer, position + buffer.position());
            }
        } catch (IOException e) {
            throw StorageFailure.of("Reading a blob", file, e);
        }
        return buffer.array();
    }

    @Override
    public boolean contains(String id) {
        return BlobStore.isId(id) && Files.exists(file(id));
    }

    @Override
    public void remove(String id) {
        if (!BlobStore.isId(id)) {
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

    /** The path of a blob, whether it exists or not. */
    public Path file(String id) {
        return directory.resolve(id.substring(0, 2)).resolve(id);
    }
}
