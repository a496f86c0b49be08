package dev.fovea.model.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the entries of a zip archive lie that stores them as they are, as PyTorch does. Compressed entries, names that
 * occur twice and entries that share bytes are refused, so that no archive yields more than it is long. Source: APPNOTE
 * 6.3.10, sections 4.3 and 4.5.3.
 */
final class ZipDirectory {

    /** Bytes of the file. */
    record ZipEntryBytes(String name, long start, long length) {}

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 65_535;
    private static final int WIDE_LOCATOR = 0x07064b50;
    private static final int WIDE_LOCATOR_LENGTH = 20;
    private static final int WIDE_END = 0x06064b50;
    private static final int WIDE_END_LENGTH = 56;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int WIDE_FIELD = 1;
    private static final long WIDE = 0xffffffffL;
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_DIRECTORY = 16 << 20;

    private final CheckpointFile file;
    private final CheckpointFault fault;

    private ZipDirectory(CheckpointFile file) {
        this.file = file;
        this.fault = file.fault();
    }

    /** The entries by name. */
    static Map<String, ZipEntryBytes> read(CheckpointFile file) {
        return new ZipDirectory(file).entries();
    }

    private Map<String, ZipEntryBytes> entries() {
        ByteBuffer end = end();
        long count = Short.toUnsignedInt(end.getShort(10));
        long length = Integer.toUnsignedLong(end.getInt(12));
        long start = Integer.toUnsignedLong(end.getInt(16));
        if (count == 0xffff || length == WIDE || start == WIDE) {
            ByteBuffer wide = wideEnd(file.size() - end.limit());
            count = wide.getLong(32);
            length = wide.getLong(40);
            start = wide.getLong(48);
        }
        if (count < 0 || count > MAX_ENTRIES || length < 0 || length > MAX_DIRECTORY) {
            throw fault.corrupt("is a zip archive of %d entries with a directory of %d bytes; the limits are %d and %d"
                    .formatted(count, length, MAX_ENTRIES, MAX_DIRECTORY));
        }
        ByteBuffer directory = file.read(start, length, "the zip archive's directory");
        Map<String, ZipEntryBytes> entries = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            ZipEntryBytes entry = entry(directory, start);
            if (entries.put(entry.name(), entry) != null) {
                throw fault.corrupt("holds the entry %s twice".formatted(CheckpointFault.quoted(entry.name())));
            }
        }
        requireApart(entries);
        return entries;
    }

    /** The end record and the comment after it. */
    private ByteBuffer end() {
        long length = Math.min(file.size(), END_LENGTH + MAX_COMMENT);
        ByteBuffer tail = file.read(file.size() - length, length, "the end of the zip archive");
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END
                    && Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit() - at - END_LENGTH) {
                return tail.slice(at, tail.limit() - at).order(tail.order());
            }
        }
        throw fault.corrupt("is a zip archive without an end, as one that was cut short");
    }

    private ByteBuffer wideEnd(long end) {
        ByteBuffer locator = file.read(end - WIDE_LOCATOR_LENGTH, WIDE_LOCATOR_LENGTH, "the zip archive's locator");
        if (locator.getInt(0) != WIDE_LOCATOR) {
            throw fault.corrupt("is a zip archive whose 64-bit directory is missing");
        }
        ByteBuffer wide = file.read(locator.getLong(8), WIDE_END_LENGTH, "the zip archive's 64-bit end");
        if (wide.getInt(0) != WIDE_END) {
            throw fault.corrupt("is a zip archive whose 64-bit directory is missing");
        }
        return wide;
    }

    private ZipEntryBytes entry(ByteBuffer directory, long directoryStart) {
        if (directory.remaining() < CENTRAL_LENGTH || directory.getInt(directory.position()) != CENTRAL) {
            throw fault.corrupt("is a zip archive whose directory is damaged");
        }
        int at = directory.position();
        int flags = directory.getShort(at + 8);
        int method = Short.toUnsignedInt(directory.getShort(at + 10));
        long packed = Integer.toUnsignedLong(directory.getInt(at + 20));
        long length = Integer.toUnsignedLong(directory.getInt(at + 24));
        int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
        int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
        int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
        long header = Integer.toUnsignedLong(directory.getInt(at + 42));
        if (directory.remaining() < CENTRAL_LENGTH + nameLength + extraLength + commentLength) {
            throw fault.corrupt("is a zip archive whose directory is damaged");
        }
        byte[] nameBytes = new byte[nameLength];
        directory.get(at + CENTRAL_LENGTH, nameBytes);
        String name = new String(nameBytes, StandardCharsets.UTF_8);
        ByteBuffer extra =
                directory.slice(at + CENTRAL_LENGTH + nameLength, extraLength).order(directory.order());
        directory.position(at + CENTRAL_LENGTH + nameLength + extraLength + commentLength);
        if (length == WIDE || packed == WIDE || header == WIDE) {
            ByteBuffer wide = wideField(extra, name);
            length = length == WIDE ? next(wide, name) : length;
            packed = packed == WIDE ? next(wide, name) : packed;
            header = header == WIDE ? next(wide, name) : header;
        }
        if (method != 0 || packed != length) {
            throw fault.corrupt("holds the entry %s compressed (%d bytes for %d), which PyTorch never does"
                    .formatted(CheckpointFault.quoted(name), packed, length));
        }
        if ((flags & 1) != 0) {
            throw fault.corrupt("holds the encrypted entry %s".formatted(CheckpointFault.quoted(name)));
        }
        return new ZipEntryBytes(name, dataStart(name, header, length, directoryStart), length);
    }

    private ByteBuffer wideField(ByteBuffer extra, String name) {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                break;
            }
            ByteBuffer field = extra.slice(extra.position(), length).order(extra.order());
            if (id == WIDE_FIELD) {
                return field;
            }
            extra.position(extra.position() + length);
        }
        throw fault.corrupt("does not state the length of its entry %s".formatted(CheckpointFault.quoted(name)));
    }

    private long next(ByteBuffer wide, String name) {
        if (wide.remaining() < Long.BYTES) {
            throw fault.corrupt("does not state the length of its entry %s".formatted(CheckpointFault.quoted(name)));
        }
        return wide.getLong();
    }

    /** The entry's own header is before its bytes; both are before the directory. */
    private long dataStart(String name, long header, long length, long directoryStart) {
        ByteBuffer local = file.read(header, LOCAL_LENGTH, "the entry " + CheckpointFault.quoted(name));
        if (local.getInt(0) != LOCAL) {
            throw fault.corrupt("has no entry %s where its directory says".formatted(CheckpointFault.quoted(name)));
        }
        long start = header
                + LOCAL_LENGTH
                + Short.toUnsignedInt(local.getShort(26))
                + Short.toUnsignedInt(local.getShort(28));
        if (length < 0 || start > directoryStart || length > directoryStart - start) {
            throw fault.corrupt("states that its entry %s has %d bytes from byte %d, but it ends before that"
                    .formatted(CheckpointFault.quoted(name), length, start));
        }
        return start;
    }

    private void requireApart(Map<String, ZipEntryBytes> entries) {
        List<ZipEntryBytes> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(ZipEntryBytes::start));
        for (int i = 1; i < sorted.size(); i++) {
            ZipEntryBytes before = sorted.get(i - 1);
            if (before.start() + before.length() > sorted.get(i).start()) {
                throw fault.corrupt("holds the entries %s and %s in the same bytes"
                        .formatted(
                                CheckpointFault.quoted(before.name()),
                                CheckpointFault.quoted(sorted.get(i).name())));
            }
        }
    }
}
