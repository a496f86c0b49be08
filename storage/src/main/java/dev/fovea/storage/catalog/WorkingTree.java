package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.InnerNode;
import dev.fovea.datasets.tree.TreeEntry;
import dev.fovea.datasets.tree.TreeLeaf;
import dev.fovea.storage.sql.Transaction;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tree of a data set's present state: leaves that were changed are hashed again, and what is above them. */
final class WorkingTree {

    /** From here on a whole 256th of the data set is read at once instead of leaf by leaf. */
    private static final int MANY = 32;

    private static final int LAST = 0xff;
    private static final int ROOT = 1;
    private static final int SIBLINGS = (1 << InnerNode.BITS) - 1;
    private static final int FIRST_LEAF = 1 << (InnerNode.BITS * InnerNode.LEVELS);

    private final Transaction transaction;
    private final long dataset;

    WorkingTree(Transaction transaction, long dataset) {
        this.transaction = transaction;
        this.dataset = dataset;
    }

    /** Hashes up to a number of changed leaves; returns how many it did. */
    int flush(int limit) throws SQLException {
        List<Integer> dirty = transaction.list(
                "SELECT bucket FROM dirty_leaf WHERE dataset = ? ORDER BY bucket LIMIT ?",
                row -> row.getInt(1),
                dataset,
                limit);
        SortedMap<Integer, List<Integer>> byPrefix = new TreeMap<>();
        dirty.forEach(leaf ->
                byPrefix.computeIfAbsent(leaf >>> 8, _ -> new ArrayList<>()).add(leaf));
        for (Map.Entry<Integer, List<Integer>> prefix : byPrefix.entrySet()) {
            Map<Integer, List<TreeEntry>> entries = new HashMap<>();
            if (prefix.getValue().size() > MANY) {
                entries.putAll(entries(prefix.getKey() << 8, prefix.getKey() << 8 | LAST));
            } else {
                for (Integer leaf : prefix.getValue()) {
                    entries.putAll(entries(leaf, leaf));
                }
            }
            write(prefix.getValue(), entries);
        }
        return dirty.size();
    }

    private static final class Draft {
        private final ContentHash image;
        private final Split split;
        private final Optional<String> group;
        private final SortedMap<String, String> tags = new TreeMap<>();
        private Optional<String> label = Optional.empty();

        Draft(ContentHash image, Split split, Optional<String> group) {
            this.image = image;
            this.split = split;
            this.group = group;
        }

        TreeEntry entry() {
            return new TreeEntry(image, new ItemState(split, group, tags, label.map(AnnotationJson::read)).write());
        }
    }

    /** The images of a range of leaves, by leaf. */
    private Map<Integer, List<TreeEntry>> entries(int first, int last) throws SQLException {
        byte[] from = bound(first, 0);
        byte[] to = bound(last, LAST);
        String range = " i.dataset = ? AND i.hash >= ? AND i.hash <= ? AND i.removed IS NULL";
        Map<Long, Draft> drafts = new HashMap<>();
        transaction.list(
                "SELECT i.id, i.hash, i.split, i.item_group FROM item i WHERE" + range,
                row -> drafts.put(
                                row.getLong(1),
                                new Draft(
                                        CatalogRows.hash(row.getBytes(2)),
                                        Split.ofLabel(row.getString(3)),
                                        Optional.ofNullable(row.getString(4))))
                        == null,
                dataset,
                from,
                to);
        transaction.list(
                "SELECT t.item, t.name, t.value FROM item i JOIN item_tag t ON t.item = i.id WHERE" + range,
                row -> {
                    Tag tag = new Tag(row.getString(2), row.getString(3));
                    Draft draft = drafts.get(row.getLong(1));
                    return draft != null && !tag.isDerived() && draft.tags.put(tag.name(), tag.value()) == null;
                },
                dataset,
                from,
                to);
        transaction.list(
                "SELECT a.item, a.content FROM item i JOIN annotation a ON a.item = i.id AND a.in_force = 1 WHERE"
                        + range,
                row -> {
                    Draft draft = drafts.get(row.getLong(1));
                    if (draft != null) {
                        draft.label = Optional.of(row.getString(2));
                    }
                    return draft != null;
                },
                dataset,
                from,
                to);
        Map<Integer, List<TreeEntry>> entries = new HashMap<>();
        drafts.values()
                .forEach(draft -> entries.computeIfAbsent(draft.image.leaf(), _ -> new ArrayList<>())
                        .add(draft.entry()));
        return entries;
    }

    private static byte[] bound(int leaf, int filler) {
        byte[] bound = new byte[ContentHash.BYTES];
        Arrays.fill(bound, (byte) filler);
        ByteBuffer.wrap(bound).putShort((short) leaf);
        return bound;
    }

    private void write(List<Integer> leaves, Map<Integer, List<TreeEntry>> entries) throws SQLException {
        List<List<@Nullable Object>> nodes = new ArrayList<>();
        List<List<@Nullable Object>> present = new ArrayList<>();
        List<List<@Nullable Object>> done = new ArrayList<>();
        for (Integer leaf : leaves) {
            done.add(List.of(dataset, leaf));
            List<TreeEntry> images = entries.getOrDefault(leaf, List.of());
            if (!images.isEmpty()) {
                TreeLeaf node = new TreeLeaf(images);
                byte[] hash = node.hash().bytes();
                nodes.add(List.of(hash, leaf, node.write()));
                present.add(List.of(dataset, leaf, hash));
            }
        }
        transaction.batch("DELETE FROM dirty_leaf WHERE dataset = ? AND bucket = ?", done);
        transaction.batch("DELETE FROM dataset_leaf WHERE dataset = ? AND bucket = ?", done);
        store(nodes);
        transaction.batch("INSERT INTO dataset_leaf (dataset, bucket, hash) VALUES (?, ?, ?)", present);
        transaction.batch("""
                INSERT INTO dataset_inner (dataset, node) VALUES (?, ?)
                ON CONFLICT (dataset, node) DO UPDATE SET hash = NULL
                """, ancestors(leaves));
    }

    /**
     * The nodes above some leaves but the root. A node's number is its bits after a leading 1, so that the numbers of
     * its children are its own, shifted, and their four bits.
     */
    private List<List<@Nullable Object>> ancestors(List<Integer> leaves) {
        Set<Integer> nodes = new TreeSet<>();
        for (Integer leaf : leaves) {
            for (int node = (FIRST_LEAF | leaf) >>> InnerNode.BITS; node > ROOT; node >>>= InnerNode.BITS) {
                nodes.add(node);
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        nodes.forEach(node -> rows.add(List.of(dataset, node)));
        return rows;
    }

    /** The hash of the root; no leaf may be waiting. */
    ContentHash root() throws SQLException {
        List<Integer> stale = transaction.list(
                "SELECT node FROM dataset_inner WHERE dataset = ? AND hash IS NULL ORDER BY node DESC",
                row -> row.getInt(1),
                dataset);
        List<List<@Nullable Object>> nodes = new ArrayList<>();
        for (Integer node : stale) {
            InnerNode inner = new InnerNode(children(node));
            if (inner.children().isEmpty()) {
                transaction.update("DELETE FROM dataset_inner WHERE dataset = ? AND node = ?", dataset, node);
            } else {
                byte[] hash = inner.hash().bytes();
                nodes.add(List.of(hash, -1, inner.write()));
                transaction.update(
                        "UPDATE dataset_inner SET hash = ? WHERE dataset = ? AND node = ?", hash, dataset, node);
            }
        }
        InnerNode root = new InnerNode(children(ROOT));
        nodes.add(List.of(root.hash().bytes(), -1, root.write()));
        store(nodes);
        return root.hash();
    }

    private SortedMap<Integer, ContentHash> children(int node) throws SQLException {
        int first = node << InnerNode.BITS;
        boolean ofLeaves = first >= FIRST_LEAF;
        SortedMap<Integer, ContentHash> children = new TreeMap<>();
        transaction.list(
                ofLeaves
                        ? "SELECT bucket, hash FROM dataset_leaf WHERE dataset = ? AND bucket BETWEEN ? AND ?"
                        : "SELECT node, hash FROM dataset_inner WHERE dataset = ? AND node BETWEEN ? AND ?",
                row -> children.put(row.getInt(1) & SIBLINGS, CatalogRows.hash(row.getBytes(2))) == null,
                dataset,
                ofLeaves ? first - FIRST_LEAF : first,
                (ofLeaves ? first - FIRST_LEAF : first) | SIBLINGS);
        return children;
    }

    private void store(List<List<@Nullable Object>> nodes) throws SQLException {
        transaction.batch(
                "INSERT INTO tree_node (hash, bucket, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", nodes);
    }
}
