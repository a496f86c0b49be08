package dev.fovea.datasets.tree;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A root or a node below it: the hashes of up to 16 nodes by four bits of the images' hashes. Nodes without images are
 * left out. Below the root are two levels of such nodes, then one whose children are leaves: few children keep what a
 * commit writes small.
 *
 * @param children by the four bits, 0 to 15
 */
public record InnerNode(SortedMap<Integer, ContentHash> children) {

    /** Bits of a hash that choose a child. */
    public static final int BITS = 4;

    /** Levels of inner nodes, with the root. */
    public static final int LEVELS = 4;

    private static final int RECORD = 1 + ContentHash.BYTES;

    public InnerNode {
        children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
    }

    /** The hash. */
    public ContentHash hash() {
        byte[] content = write();
        return ContentHash.of(ByteBuffer.allocate(1 + content.length)
                .put((byte) 'N')
                .put(content)
                .array());
    }

    /** The bytes that {@link #read} takes. */
    public byte[] write() {
        ByteBuffer buffer = ByteBuffer.allocate(children.size() * RECORD);
        for (Map.Entry<Integer, ContentHash> child : children.entrySet()) {
            buffer.put(child.getKey().byteValue());
            child.getValue().write(buffer);
        }
        return buffer.array();
    }

    /** Reads a node; {@code IllegalArgumentException} when the bytes are none. */
    public static InnerNode read(byte[] bytes) {
        if (bytes.length % RECORD != 0) {
            throw new IllegalArgumentException("a node that is cut short");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        SortedMap<Integer, ContentHash> children = new TreeMap<>();
        while (buffer.hasRemaining()) {
            int key = Byte.toUnsignedInt(buffer.get());
            children.put(key, ContentHash.read(buffer));
        }
        return new InnerNode(children);
    }
}
