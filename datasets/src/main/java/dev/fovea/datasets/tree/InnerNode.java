package dev.fovea.datasets.tree;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node above up to 16 nodes, which are chosen by four bits of the images' hashes: by the first four at the root, by
 * the next below it. Nodes without images are left out. It has more images than a leaf may have.
 *
 * @param children by the four bits, 0 to 15
 */
public record InnerNode(SortedMap<Integer, Child> children) implements TreeNode {

    static final byte KIND = 'N';

    private static final int RECORD = 1 + Integer.BYTES + ContentHash.BYTES;

    /**
     * A node by its hash.
     *
     * @param images in it and below it
     */
    public record Child(ContentHash hash, int images) {}

    public InnerNode {
        children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
    }

    @Override
    public int images() {
        return children.values().stream().mapToInt(Child::images).sum();
    }

    @Override
    public ContentHash hash() {
        return ContentHash.of(write());
    }

    @Override
    public boolean isIntact() {
        return true;
    }

    @Override
    public byte[] write() {
        ByteBuffer buffer = ByteBuffer.allocate(1 + children.size() * RECORD);
        buffer.put(KIND);
        for (Map.Entry<Integer, Child> child : children.entrySet()) {
            buffer.put(child.getKey().byteValue());
            buffer.putInt(child.getValue().images());
            child.getValue().hash().write(buffer);
        }
        return buffer.array();
    }

    static InnerNode read(ByteBuffer buffer) {
        if (buffer.remaining() % RECORD != 0) {
            throw new IllegalArgumentException("a node that is cut short");
        }
        SortedMap<Integer, Child> children = new TreeMap<>();
        while (buffer.hasRemaining()) {
            int key = Byte.toUnsignedInt(buffer.get());
            int images = buffer.getInt();
            children.put(key, new Child(ContentHash.read(buffer), images));
        }
        return new InnerNode(children);
    }
}
