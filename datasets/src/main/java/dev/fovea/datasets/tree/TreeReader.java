package dev.fovea.datasets.tree;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads versions from their nodes; each node that is read is verified by its hash. */
public final class TreeReader {

    private final TreeNodes nodes;

    public TreeReader(TreeNodes nodes) {
        this.nodes = nodes;
    }

    /** An image that two versions do not both have in the same state. */
    public record StateDifference(ContentHash image, Optional<TreeEntry> before, Optional<TreeEntry> after) {}

    /** Passes on all images of a version, ordered by hash. */
    public void forEach(ContentHash root, Consumer<TreeEntry> consumer) {
        forEach(root, InnerNode.LEVELS, consumer);
    }

    private void forEach(ContentHash node, int levels, Consumer<TreeEntry> consumer) {
        if (levels == 0) {
            leaf(node).entries().forEach(consumer);
        } else {
            inner(node).children().values().forEach(child -> forEach(child, levels - 1, consumer));
        }
    }

    /** The entry of an image; reads one node of each level. */
    public Optional<TreeEntry> find(ContentHash root, ContentHash image) {
        Optional<ContentHash> node = Optional.of(root);
        for (int level = InnerNode.LEVELS - 1; level >= 0; level--) {
            int child = image.leaf() >>> (level * InnerNode.BITS) & (1 << InnerNode.BITS) - 1;
            node = node.flatMap(
                    hash -> Optional.ofNullable(inner(hash).children().get(child)));
        }
        return node.map(this::leaf).flatMap(leaf -> leaf.find(image));
    }

    /** Passes on what differs, ordered by hash; reads only nodes that differ. An absent root has no images. */
    public void differences(
            Optional<ContentHash> before, Optional<ContentHash> after, Consumer<StateDifference> consumer) {
        differences(before, after, InnerNode.LEVELS, consumer);
    }

    private void differences(
            Optional<ContentHash> before, Optional<ContentHash> after, int levels, Consumer<StateDifference> consumer) {
        if (before.equals(after)) {
            return;
        }
        if (levels == 0) {
            leaves(before, after, consumer);
            return;
        }
        Optional<InnerNode> one = before.map(this::inner);
        Optional<InnerNode> other = after.map(this::inner);
        TreeSet<Integer> keys = new TreeSet<>();
        one.ifPresent(node -> keys.addAll(node.children().keySet()));
        other.ifPresent(node -> keys.addAll(node.children().keySet()));
        for (Integer key : keys) {
            differences(
                    one.map(node -> node.children().get(key)),
                    other.map(node -> node.children().get(key)),
                    levels - 1,
                    consumer);
        }
    }

    private void leaves(Optional<ContentHash> before, Optional<ContentHash> after, Consumer<StateDifference> consumer) {
        Optional<TreeLeaf> one = before.map(this::leaf);
        Optional<TreeLeaf> other = after.map(this::leaf);
        TreeSet<ContentHash> images = new TreeSet<>();
        one.ifPresent(leaf -> leaf.entries().forEach(entry -> images.add(entry.image())));
        other.ifPresent(leaf -> leaf.entries().forEach(entry -> images.add(entry.image())));
        for (ContentHash image : images) {
            Optional<TreeEntry> left = one.flatMap(leaf -> leaf.find(image));
            Optional<TreeEntry> right = other.flatMap(leaf -> leaf.find(image));
            if (!left.map(TreeEntry::stateHash).equals(right.map(TreeEntry::stateHash))) {
                consumer.accept(new StateDifference(image, left, right));
            }
        }
    }

    private InnerNode inner(ContentHash hash) {
        InnerNode node = parsed(hash, InnerNode::read);
        require(node.hash().equals(hash), hash);
        return node;
    }

    private TreeLeaf leaf(ContentHash hash) {
        TreeLeaf leaf = parsed(hash, TreeLeaf::read);
        require(leaf.hash().equals(hash) && leaf.isIntact(), hash);
        return leaf;
    }

    private interface Parser<T> {
        T of(byte[] bytes);
    }

    private <T> T parsed(ContentHash hash, Parser<T> parser) {
        try {
            return parser.of(nodes.read(hash));
        } catch (IllegalArgumentException e) {
            throw damaged(hash, e);
        }
    }

    private static void require(boolean intact, ContentHash hash) {
        if (!intact) {
            throw damaged(hash, new IllegalArgumentException("another hash"));
        }
    }

    private static FoveaException damaged(ContentHash hash, IllegalArgumentException cause) {
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "Node %s of a data set version is damaged. Restore the database from a back-up.".formatted(hash),
                cause);
    }
}
