package dev.fovea.storage.files;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Bytes addressed by their SHA-256. Safe for threads and processes: a blob appears whole under its id or not at all,
 * and never changes. The layout {@code blobs/ab/abcd…} is the same in a directory and in S3.
 */
public interface BlobStore {

    /** Stores bytes and returns their id; durable on return. */
    String put(byte[] bytes);

    /**
     * The bytes of a blob.
     *
     * @throws dev.fovea.fault.FoveaException {@code NOT_FOUND} if there is none, {@code STORAGE_FAILED} if it is
     *     damaged, {@code STORAGE_UNAVAILABLE}
     */
    byte[] read(String id);

    /**
     * Part of a blob, which the caller verifies; the errors of {@link #read(String)}.
     *
     * @param position of the first byte
     * @param length number of bytes
     */
    default byte[] read(String id, long position, int length) {
        return Arrays.copyOfRange(read(id), Math.toIntExact(position), Math.toIntExact(position) + length);
    }

    /** Whether a blob exists. */
    boolean contains(String id);

    /** Removes a blob; does nothing when there is none. The caller knows that nothing refers to it. */
    void remove(String id);

    /** Whether a text is a SHA-256 in hexadecimal. */
    static boolean isId(String text) {
        return Format.ID.matcher(text).matches();
    }

    /** The pattern of ids. */
    final class Format {
        private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

        private Format() {}
    }
}
