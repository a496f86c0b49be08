package dev.fovea.datasets.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A SHA-256, as 32 bytes without an array, because there are millions.
 *
 * @param first the first 8 bytes, big-endian
 * @param second the next 8
 * @param third the next 8
 * @param last the last 8
 */
public record ContentHash(long first, long second, long third, long last) implements Comparable<ContentHash> {

    /** Number of bytes. */
    public static final int BYTES = 32;

    private static final int DIGIT = 4;

    /** The hash of some bytes. */
    public static ContentHash of(byte[] content) {
        return of(sha256(), content);
    }

    private static ContentHash of(MessageDigest digest, byte[] content) {
        return ofBytes(digest.digest(content));
    }

    /** The hash of a text in UTF-8. */
    public static ContentHash ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes 32 bytes as a hash. */
    public static ContentHash ofBytes(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a hash of %d bytes".formatted(hash.length));
        }
        return read(ByteBuffer.wrap(hash));
    }

    /** Reads 64 hexadecimal digits; {@code IllegalArgumentException} for anything else. */
    public static ContentHash parse(String hex) {
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    static ContentHash read(ByteBuffer buffer) {
        return new ContentHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    void write(ByteBuffer buffer) {
        buffer.putLong(first).putLong(second).putLong(third).putLong(last);
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        write(buffer);
        return buffer.array();
    }

    /** Four of the first 64 bits, 0 to 15: at depth 0 the first four. They choose a child in a tree. */
    int digit(int depth) {
        return (int) (first >>> (Long.SIZE - DIGIT * (depth + 1))) & (1 << DIGIT) - 1;
    }

    /** The first bits as a number after a leading 1: the place of a node of that depth, 0 to 15, above the image. */
    long place(int depth) {
        return depth == 0 ? 1 : 1L << (DIGIT * depth) | first >>> (Long.SIZE - DIGIT * depth);
    }

    /** The places of all nodes that can be above the image. */
    public List<Long> places() {
        return IntStream.rangeClosed(0, TreeUpdate.DEEPEST)
                .mapToObj(this::place)
                .toList();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As unsigned bytes. */
    @Override
    public int compareTo(ContentHash other) {
        int order = Long.compareUnsigned(first, other.first);
        order = order != 0 ? order : Long.compareUnsigned(second, other.second);
        order = order != 0 ? order : Long.compareUnsigned(third, other.third);
        return order != 0 ? order : Long.compareUnsigned(last, other.last);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
