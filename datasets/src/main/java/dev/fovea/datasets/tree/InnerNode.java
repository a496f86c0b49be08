package dev.fovea.datasets.tree;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A root or a node below it: the hashes of up to 256 nodes by one byte of the images' hashes. Nodes without images are
 * left out.
 *
 * @param children by the byte, 0 to 255
 */
public record InnerNode(SortedMap<Integer, ContentHash> children) {

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
