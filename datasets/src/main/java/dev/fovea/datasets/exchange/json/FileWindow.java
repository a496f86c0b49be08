package dev.fovea.datasets.exchange.json;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads parts of a file, mostly one after another. For one thread. */
final class FileWindow implements AutoCloseable {

    private static final int SIZE = 1 << 20;

    private final FileChannel channel;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long at;

    FileWindow(Path file) {
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the file; valid until the next call, from {@code position} to {@code limit} of the array. */
    ByteBuffer read(long start, int length) {
        if (start < at || start + length > at + window.limit()) {
            load(start, length);
        }
        return window.slice((int) (start - at), length);
    }

    private void load(long start, int length) {
        try {
            ByteBuffer next = window.capacity() >= length && window.capacity() > 0
                    ? window.clear()
                    : ByteBuffer.allocate(Math.max(SIZE, length));
            at = start;
            while (next.hasRemaining() && channel.read(next, start + next.position()) >= 0) {
                // until the window is full or the file ends
            }
            window = next.flip();
            if (window.limit() < length) {
                throw new EOFException("the file became shorter while it was read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
