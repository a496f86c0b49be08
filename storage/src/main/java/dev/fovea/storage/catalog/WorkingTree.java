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
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tree of a data set's present state: leaves that were changed are hashed again, and what is above them. */
final class WorkingTree {

    /** From here on a whole 256th of the data set is read at once instead of leaf by leaf. */
    private static final int MANY = 32;

    private static final int LAST = 0xff;

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
            write(prefix.getKey(), prefix.getValue(), entries);
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

    private void write(int prefix, List<Integer> leaves, Map<Integer, List<TreeEntry>> entries) throws SQLException {
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
        transaction.update("DELETE FROM dataset_inner WHERE dataset = ? AND prefix = ?", dataset, prefix);
        transaction.update("INSERT INTO dataset_inner (dataset, prefix) VALUES (?, ?)", dataset, prefix);
    }

    /** The hash of the root; no leaf may be waiting. */
    ContentHash root() throws SQLException {
        SortedMap<Integer, ContentHash> children = new TreeMap<>();
        List<Integer> stale = new ArrayList<>();
        transaction.list(
                "SELECT prefix, hash FROM dataset_inner WHERE dataset = ?",
                row -> {
                    byte[] hash = row.getBytes(2);
                    return hash == null
                            ? stale.add(row.getInt(1))
                            : children.put(row.getInt(1), CatalogRows.hash(hash)) == null;
                },
                dataset);
        for (Integer prefix : stale) {
            inner(prefix).ifPresent(hash -> children.put(prefix, hash));
        }
        InnerNode root = new InnerNode(children);
        store(List.of(List.of(root.hash().bytes(), -1, root.write())));
        return root.hash();
    }

    private Optional<ContentHash> inner(int prefix) throws SQLException {
        SortedMap<Integer, ContentHash> leaves = new TreeMap<>();
        transaction.list(
                "SELECT bucket, hash FROM dataset_leaf WHERE dataset = ? AND bucket BETWEEN ? AND ?",
                row -> leaves.put(row.getInt(1) & LAST, CatalogRows.hash(row.getBytes(2))) == null,
                dataset,
                prefix << 8,
                prefix << 8 | LAST);
        if (leaves.isEmpty()) {
            transaction.update("DELETE FROM dataset_inner WHERE dataset = ? AND prefix = ?", dataset, prefix);
            return Optional.empty();
        }
        InnerNode node = new InnerNode(leaves);
        store(List.of(List.of(node.hash().bytes(), -1, node.write())));
        transaction.update(
                "UPDATE dataset_inner SET hash = ? WHERE dataset = ? AND prefix = ?",
                node.hash().bytes(),
                dataset,
                prefix);
        return Optional.of(node.hash());
    }

    private void store(List<List<@Nullable Object>> nodes) throws SQLException {
        transaction.batch(
                "INSERT INTO tree_node (hash, bucket, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", nodes);
    }
}
