package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.ItemState;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeEntry;
import dev.fovea.datasets.tree.TreeNodes;
import dev.fovea.datasets.tree.TreeUpdate;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tree of a data set's present state: images that were changed are put into it. */
final class WorkingTree {

    /** Images that one query reads. */
    private static final int PAGE = 500;

    private final Transaction transaction;
    private final long dataset;

    WorkingTree(Transaction transaction, long dataset) {
        this.transaction = transaction;
        this.dataset = dataset;
    }

    /** An image that was changed since it was put into the tree. */
    record Changed(long item, ContentHash image) {}

    /** All that were changed. */
    static List<Changed> changed(Transaction transaction, long dataset) throws SQLException {
        return transaction.list(
                "SELECT item, hash FROM changed_item WHERE dataset = ?",
                row -> new Changed(StoredColumn.whole(row, 1), StoredColumn.hash(row, 2)),
                dataset);
    }

    /** Puts changed images into the tree as they are now; returns its root. */
    ContentHash update(Collection<Changed> changed) throws SQLException {
        Optional<ContentHash> before = transaction
                .list("SELECT root FROM dataset WHERE id = ?", row -> StoredColumn.optionalHash(row, 1), dataset)
                .stream()
                .findFirst()
                .orElseThrow(SqlCatalog::gone);
        if (before.isPresent() && changed.isEmpty()) {
            return before.get();
        }
        if (before.isEmpty()) {
            requireAllChanged();
        }
        SortedMap<ContentHash, Optional<TreeEntry>> changes = new TreeMap<>();
        changed.forEach(each -> changes.put(each.image(), Optional.empty()));
        List<ContentHash> images = List.copyOf(changes.keySet());
        for (int from = 0; from < images.size(); from += PAGE) {
            present(images.subList(from, Math.min(from + PAGE, images.size())))
                    .forEach(entry -> changes.put(entry.image(), Optional.of(entry)));
        }
        List<List<@Nullable Object>> nodes = new ArrayList<>();
        ContentHash root = new TreeUpdate(
                        read(transaction), (hash, place, content) -> nodes.add(List.of(hash.bytes(), place, content)))
                .apply(before, changes);
        transaction.batch(
                "INSERT INTO tree_node (hash, place, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", nodes);
        transaction.update("UPDATE dataset SET root = ? WHERE id = ?", root.bytes(), dataset);
        List<List<@Nullable Object>> done = new ArrayList<>();
        changed.forEach(
                each -> done.add(List.of(dataset, each.item(), each.image().bytes())));
        transaction.batch("DELETE FROM changed_item WHERE dataset = ? AND item = ? AND hash = ?", done);
        return root;
    }

    /** A data set without a root was never saved, so that all of its images are to be put into the tree. */
    private void requireAllChanged() throws SQLException {
        long lost = transaction.number(
                "SELECT count(*) FROM item i WHERE i.dataset = ? AND NOT EXISTS"
                        + " (SELECT 1 FROM changed_item c WHERE c.dataset = ? AND c.item = i.id)",
                dataset,
                dataset);
        if (lost > 0) {
            throw StoredColumn.damaged("dataset", "holds no root of the %,d images that were saved".formatted(lost));
        }
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
            return new TreeEntry(image, ItemState.write(split, group, tags, label));
        }
    }

    /** Those of some images that are in the data set. */
    private List<TreeEntry> present(List<ContentHash> images) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(dataset));
        images.forEach(image -> parameters.add(image.bytes()));
        Map<Long, Draft> drafts = new HashMap<>();
        transaction.list(
                "SELECT id, hash, split, item_group FROM item WHERE dataset = ? AND removed IS NULL AND hash IN "
                        + CatalogRows.places(images.size()),
                row -> drafts.put(
                                StoredColumn.whole(row, 1),
                                new Draft(
                                        StoredColumn.hash(row, 2),
                                        StoredColumn.parsed(row, 3, Split::ofLabel),
                                        StoredColumn.optionalText(row, 4)))
                        == null,
                parameters.toArray());
        if (drafts.isEmpty()) {
            return List.of();
        }
        String items = CatalogRows.places(drafts.size());
        transaction.list(
                "SELECT item, name, value FROM item_tag WHERE item IN " + items,
                row -> {
                    Tag tag = new Tag(StoredColumn.text(row, 2), StoredColumn.text(row, 3));
                    Draft draft = drafts.get(StoredColumn.whole(row, 1));
                    return draft != null && !tag.isDerived() && draft.tags.put(tag.name(), tag.value()) == null;
                },
                drafts.keySet().toArray());
        transaction.list(
                "SELECT item, content FROM annotation WHERE in_force = 1 AND item IN " + items,
                row -> {
                    Draft draft = drafts.get(StoredColumn.whole(row, 1));
                    if (draft != null) {
                        draft.label = Optional.of(StoredColumn.text(row, 2));
                    }
                    return draft != null;
                },
                drafts.keySet().toArray());
        return drafts.values().stream().map(Draft::entry).toList();
    }

    /** The nodes of all versions. */
    static TreeNodes read(Transaction transaction) {
        return hashes -> {
            Map<ContentHash, byte[]> nodes = new HashMap<>();
            List<ContentHash> all = List.copyOf(hashes);
            try {
                for (int from = 0; from < all.size(); from += PAGE) {
                    List<ContentHash> page = all.subList(from, Math.min(from + PAGE, all.size()));
                    transaction.list(
                            "SELECT hash, content FROM tree_node WHERE hash IN " + CatalogRows.places(page.size()),
                            row -> nodes.put(StoredColumn.hash(row, 1), StoredColumn.bytes(row, 2)) == null,
                            page.stream().map(ContentHash::bytes).toArray());
                }
            } catch (SQLException e) {
                throw new FoveaException(
                        ErrorCode.STORAGE_FAILED, "The nodes of a data set version cannot be read.", e);
            }
            all.stream().filter(hash -> !nodes.containsKey(hash)).findFirst().ifPresent(missing -> {
                throw new FoveaException(
                        ErrorCode.STORAGE_FAILED,
                        "Node %s of a data set version is missing in the table tree_node. Restore the database from a back-up."
                                .formatted(missing));
            });
            return nodes;
        };
    }
}
