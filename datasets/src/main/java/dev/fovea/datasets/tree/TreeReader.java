package dev.fovea.datasets.tree;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads versions from their nodes; each node that is read is verified by its hash. */
public final class TreeReader {

    private static final int CHILDREN = 16;

    private final VerifiedNodes nodes;

    public TreeReader(TreeNodes nodes) {
        this.nodes = new VerifiedNodes(nodes);
    }

    /** An image that two versions do not both have in the same state. */
    public record StateDifference(ContentHash image, Optional<TreeEntry> before, Optional<TreeEntry> after) {}

    /** Passes on all images of a version, ordered by hash. */
    public void forEach(ContentHash root, Consumer<TreeEntry> consumer) {
        switch (nodes.read(root)) {
            case TreeLeaf leaf -> leaf.entries().forEach(consumer);
            case InnerNode inner -> inner.children().values().forEach(child -> forEach(child.hash(), consumer));
        }
    }

    /** The entry of an image; reads one node of each level. */
    public Optional<TreeEntry> find(ContentHash root, ContentHash image) {
        return find(root, image, 0);
    }

    private Optional<TreeEntry> find(ContentHash node, ContentHash image, int depth) {
        return switch (nodes.read(node)) {
            case TreeLeaf leaf -> leaf.find(image);
            case InnerNode inner ->
                Optional.ofNullable(inner.children().get(image.digit(depth)))
                        .flatMap(child -> find(child.hash(), image, depth + 1));
        };
    }

    /** Passes on what differs, ordered by hash; reads only nodes that differ. An absent root has no images. */
    public void differences(
            Optional<ContentHash> before, Optional<ContentHash> after, Consumer<StateDifference> consumer) {
        if (!before.equals(after)) {
            differences(before.map(this::node), after.map(this::node), 0, consumer);
        }
    }

    private void differences(
            Optional<TreeNode> before, Optional<TreeNode> after, int depth, Consumer<StateDifference> consumer) {
        if (isLeaf(before) && isLeaf(after)) {
            leaves(entries(before), entries(after), consumer);
            return;
        }
        Map<ContentHash, TreeNode> below = nodes.read(differing(before, after));
        for (int digit = 0; digit < CHILDREN; digit++) {
            Optional<ContentHash> one = child(before, digit);
            Optional<ContentHash> other = child(after, digit);
            if (one.isEmpty() || !one.equals(other)) {
                differences(
                        part(before, read(below, one), depth, digit),
                        part(after, read(below, other), depth, digit),
                        depth + 1,
                        consumer);
            }
        }
    }

    /** The children that two nodes do not both have, to be read at once. */
    private static Set<ContentHash> differing(Optional<TreeNode> before, Optional<TreeNode> after) {
        Set<ContentHash> differing = new HashSet<>();
        for (int digit = 0; digit < CHILDREN; digit++) {
            Optional<ContentHash> one = child(before, digit);
            Optional<ContentHash> other = child(after, digit);
            if (!one.equals(other)) {
                one.ifPresent(differing::add);
                other.ifPresent(differing::add);
            }
        }
        return differing;
    }

    private static Optional<TreeNode> read(Map<ContentHash, TreeNode> nodes, Optional<ContentHash> hash) {
        return hash.flatMap(each -> Optional.ofNullable(nodes.get(each)));
    }

    private TreeNode node(ContentHash hash) {
        return nodes.read(hash);
    }

    private static boolean isLeaf(Optional<TreeNode> node) {
        return node.filter(InnerNode.class::isInstance).isEmpty();
    }

    private static Optional<ContentHash> child(Optional<TreeNode> node, int digit) {
        return node.filter(InnerNode.class::isInstance)
                .flatMap(inner ->
                        Optional.ofNullable(((InnerNode) inner).children().get(digit)))
                .map(InnerNode.Child::hash);
    }

    /** A child, or the images of a leaf that would be in it. */
    private static Optional<TreeNode> part(Optional<TreeNode> node, Optional<TreeNode> child, int depth, int digit) {
        return isLeaf(node)
                ? Optional.of(new TreeLeaf(entries(node).stream()
                        .filter(entry -> entry.image().digit(depth) == digit)
                        .toList()))
                : child;
    }

    private static List<TreeEntry> entries(Optional<TreeNode> leaf) {
        return leaf.map(each -> ((TreeLeaf) each).entries()).orElse(List.of());
    }

    /** Both are ordered by hash. */
    private static void leaves(List<TreeEntry> before, List<TreeEntry> after, Consumer<StateDifference> consumer) {
        int at = 0;
        int other = 0;
        while (at < before.size() || other < after.size()) {
            int order = at == before.size()
                    ? 1
                    : other == after.size()
                            ? -1
                            : before.get(at).image().compareTo(after.get(other).image());
            Optional<TreeEntry> left = order <= 0 ? Optional.of(before.get(at++)) : Optional.empty();
            Optional<TreeEntry> right = order >= 0 ? Optional.of(after.get(other++)) : Optional.empty();
            if (!left.map(TreeEntry::stateHash).equals(right.map(TreeEntry::stateHash))) {
                consumer.accept(
                        new StateDifference(left.or(() -> right).orElseThrow().image(), left, right));
            }
        }
    }
}
