package dev.fovea.datasets.tree;

import java.nio.ByteBuffer;

/** A node of a tree: a leaf, or a node above up to 16 others. */
public sealed interface TreeNode permits InnerNode, TreeLeaf {

    /** Its hash, which depends on its images and their states only. */
    ContentHash hash();

    /** Number of images in it and below it. */
    int images();

    /** The bytes that {@link #read} takes. */
    byte[] write();

    /** Whether what is left of the states has its hashes. */
    boolean isIntact();

    /** Reads a node; {@code IllegalArgumentException} when the bytes are none. */
    static TreeNode read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte kind = buffer.hasRemaining() ? buffer.get() : 0;
        return switch (kind) {
            case TreeLeaf.KIND -> TreeLeaf.read(buffer);
            case InnerNode.KIND -> InnerNode.read(buffer);
            default -> throw new IllegalArgumentException("neither a leaf nor another node");
        };
    }
}
