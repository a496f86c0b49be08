package dev.fovea.storage.traffic;

import dev.fovea.storage.files.DurableFiles;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedPredictionCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one process: files to which frames are appended. A frame is the length of its rows in bytes, their
 * CRC-32C, and the rows. A frame is written in one call, so that a killed process leaves whole frames but for the last.
 * After a failed write a new segment begins. One thread writes; any may read.
 */
final class Segments implements AutoCloseable {

    static final String SUFFIX = ".segment";

    private static final int HEADER = 8;
    private static final int MAX_FRAME = 64 << 20;

    private final Path directory;
    private final DurableFiles.ChannelOpener opener;
    private long number;
    private @Nullable FileChannel channel;
    private @Nullable Path open;
    private long bytes;

    /** @param directory that exists and is this process's own */
    Segments(Path directory, DurableFiles.ChannelOpener opener) {
        this.directory = directory;
        this.opener = opener;
    }

    /** Appends rows as one frame. */
    void append(List<LoggedPrediction> rows) throws IOException {
        ByteBuffer frame = frame(rows);
        FileChannel into = channel;
        try {
            if (into == null) {
                Path file = directory.resolve("%010d%s".formatted(number++, SUFFIX));
                into = opener.create(file);
                channel = into;
                open = file;
                bytes = 0;
            }
            bytes += frame.remaining();
            while (frame.hasRemaining()) {
                into.write(frame);
            }
        } catch (IOException e) {
            seal();
            throw e;
        }
    }

    /** Bytes of the segment that is appended to. */
    long bytes() {
        return channel == null ? 0 : bytes;
    }

    /** Ends the segment that is appended to; the next rows begin another. */
    void seal() {
        FileChannel ended = channel;
        channel = null;
        open = null;
        if (ended != null) {
            try {
                ended.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The segments that are not appended to, the oldest first. */
    List<Path> sealed() throws IOException {
        Path current = open;
        return in(directory).stream().filter(file -> !file.equals(current)).toList();
    }

    @Override
    public void close() {
        seal();
    }

    /** The segments in a directory, the oldest first. */
    static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static ByteBuffer frame(List<LoggedPrediction> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER + 512 * rows.size());
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0);
        for (LoggedPrediction row : rows) {
            LoggedPredictionCodec.write(row, out);
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes.toByteArray());
        CRC32C crc = new CRC32C();
        crc.update(frame.slice(HEADER, frame.limit() - HEADER));
        frame.putInt(0, frame.limit() - HEADER).putInt(4, (int) crc.getValue());
        return frame;
    }

    /**
     * What a segment holds.
     *
     * @param rows of all whole frames before the first damaged one
     * @param unfinished bytes of a last frame that was not written to its end
     * @param damage what is wrong with a frame; empty where nothing is
     */
    record Content(List<LoggedPrediction> rows, int unfinished, Optional<String> damage) {
        Content {
            rows = List.copyOf(rows);
        }
    }

    /** Reads a segment; it may be appended to meanwhile. */
    static Content read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<LoggedPrediction> rows = new ArrayList<>();
        while (bytes.remaining() >= HEADER) {
            int start = bytes.position();
            int length = bytes.getInt();
            int crc = bytes.getInt();
            if (length <= 0 || length > MAX_FRAME) {
                return damaged(rows, start, "a frame of %d bytes".formatted(length));
            }
            if (length > bytes.remaining()) {
                return new Content(rows, bytes.limit() - start, Optional.empty());
            }
            CRC32C actual = new CRC32C();
            actual.update(bytes.slice(bytes.position(), length));
            if ((int) actual.getValue() != crc) {
                return damaged(rows, start, "the checksum of a frame is wrong");
            }
            try {
                rows.addAll(rows(bytes.array(), bytes.position(), length));
            } catch (IOException e) {
                return damaged(rows, start, String.valueOf(e.getMessage()));
            }
            bytes.position(bytes.position() + length);
        }
        return new Content(rows, bytes.remaining(), Optional.empty());
    }

    private static List<LoggedPrediction> rows(byte[] bytes, int from, int length) throws IOException {
        List<LoggedPrediction> rows = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, from, length);
        DataInputStream data = new DataInputStream(in);
        while (in.available() > 0) {
            rows.add(LoggedPredictionCodec.read(data));
        }
        return rows;
    }

    private static Content damaged(List<LoggedPrediction> rows, int at, String what) {
        return new Content(rows, 0, Optional.of("%s at byte %,d".formatted(what, at)));
    }
}
