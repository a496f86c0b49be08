package dev.fovea.datasets.tree;

import dev.fovea.datasets.tree.InnerNode.Child;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes a tree. Nodes above what changed are written anew and all others are shared, so that a change costs what it
 * touches. A node is a leaf exactly if it has no more than {@link TreeLeaf#LARGEST} images, or is at {@link #DEEPEST}:
 * the tree depends on its images and their states, and not on the order in which they came.
 */
public final class TreeUpdate {

    /** Depth at which a leaf may be of any size; the root's is 0. */
    static final int DEEPEST = 15;

    private final VerifiedNodes nodes;
    private final Writer writer;
    private final Map<ContentHash, TreeNode> known = new HashMap<>();

    /** Takes the nodes that an update writes; one may come again. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Takes a node.
         *
         * @param place of a leaf: one of {@link ContentHash#places} of each of its images; -1 for other nodes
         */
        void write(ContentHash hash, long place, byte[] content);
    }

    public TreeUpdate(TreeNodes nodes, Writer writer) {
        this.nodes = new VerifiedNodes(nodes);
        this.writer = writer;
    }

    /**
     * Applies changes.
     *
     * @param root of the tree; empty for none
     * @param changes by image; empty where the image is taken out
     * @return the new root: an empty leaf when no image is left
     */
    public ContentHash apply(Optional<ContentHash> root, SortedMap<ContentHash, Optional<TreeEntry>> changes) {
        NavigableMap<ContentHash, Optional<TreeEntry>> sorted = new TreeMap<>(changes);
        root.ifPresent(hash -> load(hash, sorted.navigableKeySet()));
        Optional<TreeNode> before = root.map(this::node);
        return update(before, 0, sorted)
                .orElseGet(() -> write(new TreeLeaf(List.of()), 1))
                .hash();
    }

    /** Reads the nodes above the changes, one query for each level. */
    private void load(ContentHash root, Collection<ContentHash> changes) {
        Map<ContentHash, Collection<ContentHash>> level = Map.of(root, changes);
        for (int depth = 0; !level.isEmpty(); depth++) {
            known.putAll(nodes.read(level.keySet()));
            Map<ContentHash, Collection<ContentHash>> below = new HashMap<>();
            for (Map.Entry<ContentHash, Collection<ContentHash>> each : level.entrySet()) {
                if (known.get(each.getKey()) instanceof InnerNode inner) {
                    for (ContentHash image : each.getValue()) {
                        Optional<Child> child =
                                Optional.ofNullable(inner.children().get(image.digit(depth)));
                        child.ifPresent(next -> below.computeIfAbsent(next.hash(), _ -> new ArrayList<>())
                                .add(image));
                    }
                }
            }
            level = below;
        }
    }

    private TreeNode node(ContentHash hash) {
        return known.computeIfAbsent(hash, missing -> nodes.read(missing));
    }

    private Optional<Child> update(
            Optional<TreeNode> before, int depth, SortedMap<ContentHash, Optional<TreeEntry>> changes) {
        return before.orElseGet(() -> new TreeLeaf(List.of())) instanceof InnerNode inner
                ? updateInner(inner, depth, changes)
                : updateLeaf(
                        before.stream()
                                .flatMap(leaf -> ((TreeLeaf) leaf).entries().stream())
                                .toList(),
                        depth,
                        changes);
    }

    private Optional<Child> updateLeaf(
            List<TreeEntry> before, int depth, SortedMap<ContentHash, Optional<TreeEntry>> changes) {
        NavigableMap<ContentHash, TreeEntry> entries = new TreeMap<>();
        before.forEach(entry -> entries.put(entry.image(), entry));
        changes.forEach((image, entry) ->
                entry.ifPresentOrElse(changed -> entries.put(image, changed), () -> entries.remove(image)));
        return build(List.copyOf(entries.values()), depth);
    }

    private Optional<Child> updateInner(
            InnerNode before, int depth, SortedMap<ContentHash, Optional<TreeEntry>> changes) {
        SortedMap<Integer, SortedMap<ContentHash, Optional<TreeEntry>>> byDigit = new TreeMap<>();
        changes.forEach((image, entry) -> byDigit.computeIfAbsent(image.digit(depth), _ -> new TreeMap<>())
                .put(image, entry));
        SortedMap<Integer, Child> children = new TreeMap<>(before.children());
        byDigit.forEach((digit, below) -> {
            Optional<TreeNode> child =
                    Optional.ofNullable(children.remove(digit)).map(each -> node(each.hash()));
            update(child, depth + 1, below).ifPresent(updated -> children.put(digit, updated));
        });
        InnerNode after = new InnerNode(children);
        return after.images() > TreeLeaf.LARGEST
                ? Optional.of(write(after, -1))
                : build(
                        children.values().stream()
                                .flatMap(child -> entries(child).stream())
                                .toList(),
                        depth);
    }

    private List<TreeEntry> entries(Child child) {
        return switch (node(child.hash())) {
            case TreeLeaf leaf -> leaf.entries();
            case InnerNode inner ->
                inner.children().values().stream()
                        .flatMap(below -> entries(below).stream())
                        .toList();
        };
    }

    /** The tree of images whose hashes begin with the same bits, ordered by hash. */
    private Optional<Child> build(List<TreeEntry> entries, int depth) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        if (entries.size() <= TreeLeaf.LARGEST || depth == DEEPEST) {
            return Optional.of(
                    write(new TreeLeaf(entries), entries.getFirst().image().place(depth)));
        }
        SortedMap<Integer, List<TreeEntry>> byDigit = new TreeMap<>();
        entries.forEach(entry -> byDigit.computeIfAbsent(entry.image().digit(depth), _ -> new ArrayList<>())
                .add(entry));
        SortedMap<Integer, Child> children = new TreeMap<>();
        byDigit.forEach((digit, below) -> build(below, depth + 1).ifPresent(child -> children.put(digit, child)));
        return Optional.of(write(new InnerNode(children), -1));
    }

    private Child write(TreeNode node, long place) {
        ContentHash hash = node.hash();
        known.put(hash, node);
        writer.write(hash, place, node.write());
        return new Child(hash, node.images());
    }
}
