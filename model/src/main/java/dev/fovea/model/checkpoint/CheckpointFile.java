package dev.fovea.model.checkpoint;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is read at places which it states itself; none outside it is. The owner closes it. */
final class CheckpointFile implements AutoCloseable {

    private final FileChannel channel;
    private final long size;
    private final CheckpointFault fault;
    private final String source;

    private CheckpointFile(FileChannel channel, long size, String source) {
        this.channel = channel;
        this.size = size;
        this.source = source;
        this.fault = new CheckpointFault(source);
    }

    static CheckpointFile open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new CheckpointFile(channel, channel.size(), path.toString());
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be read. Check the path, and that it is a file.".formatted(path),
                    e);
        }
    }

    long size() {
        return size;
    }

    CheckpointFault fault() {
        return fault;
    }

    /** As messages call it. */
    String source() {
        return source;
    }

    /** Bytes in little-endian order; {@code CHECKPOINT_CORRUPT} where they do not all lie in the file. */
    ByteBuffer read(long start, long length, String what) {
        if (start < 0 || length < 0 || length > Integer.MAX_VALUE - 8 || start > size - length) {
            throw fault.corrupt("states that %s lies at bytes %d to %d, but it is %d bytes long"
                    .formatted(what, start, start + length, size));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
                // until all is read
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED, "%s could not be read. Check the disk.".formatted(source), e);
        }
        if (bytes.hasRemaining()) {
            throw fault.corrupt("was cut short while it was read");
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FoveaException(ErrorCode.STORAGE_FAILED, "%s could not be closed.".formatted(source), e);
        }
    }
}
