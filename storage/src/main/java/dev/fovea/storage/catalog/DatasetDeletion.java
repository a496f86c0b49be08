package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.DatasetCatalog.DeletedDataset;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.InnerNode;
import dev.fovea.datasets.tree.TreeNode;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a data set with its labels and versions in one transaction, and the images and nodes of versions that no
 * other data set has. Packs that are no longer used are recorded as leftover files, whose removal survives a crash.
 */
final class DatasetDeletion {

    private static final int PAGE = 500;

    private static final String COLUMNS =
            "SELECT name, deleted, deleted_by, reason, items, versions FROM deleted_dataset ";

    /** The order is that of the references between the tables. */
    private static final List<String> ROWS = List.of(
            "DELETE FROM confirmed_part WHERE dataset = ?",
            "DELETE FROM label_lease WHERE dataset = ?",
            "DELETE FROM label_task WHERE dataset = ?",
            "DELETE FROM label_pilot WHERE dataset = ?",
            "DELETE FROM labelling WHERE dataset = ?",
            "DELETE FROM annotation WHERE item IN (SELECT id FROM item WHERE dataset = ?)",
            "DELETE FROM item_tag WHERE dataset = ?",
            "DELETE FROM tag_count WHERE dataset = ?",
            "DELETE FROM changed_item WHERE dataset = ?",
            "DELETE FROM item WHERE dataset = ?",
            "DELETE FROM class_renaming WHERE dataset = ?",
            "DELETE FROM dataset_class WHERE dataset = ?",
            "DELETE FROM data_version WHERE dataset = ?",
            "DELETE FROM dataset WHERE id = ?");

    private static final String ELSEWHERE =
            "EXISTS (SELECT 1 FROM item o WHERE o.hash = image.hash AND o.dataset <> ?)";

    private static final String UNUSED = "NOT EXISTS (SELECT 1 FROM item WHERE item.hash = image.hash)";

    private final Transaction transaction;
    private final List<PackRewriting> rewritings;

    private DatasetDeletion(Transaction transaction, List<PackRewriting> rewritings) {
        this.transaction = transaction;
        this.rewritings = rewritings;
    }

    /** Packs are written before the transaction, and again when they were changed meanwhile. */
    static DeletedDataset delete(
            Database database, BlobStore blobs, long dataset, String author, String reason, Instant when) {
        Optional<DeletedDataset> deleted = Optional.empty();
        while (deleted.isEmpty()) {
            List<PackRewriting> planned = database.read(transaction -> packs(transaction, dataset));
            List<PackRewriting> rewritings = new ArrayList<>();
            planned.forEach(each -> rewritings.add(each.written(database, blobs)));
            deleted = database.write(transaction -> packs(transaction, dataset).equals(planned)
                    ? Optional.of(new DatasetDeletion(transaction, rewritings).delete(dataset, author, reason, when))
                    : Optional.empty());
        }
        return deleted.get();
    }

    /** The packs with images that no other data set has; none is written yet. */
    private static List<PackRewriting> packs(Transaction transaction, long dataset) throws SQLException {
        List<PackRewriting> rewritings = new ArrayList<>();
        for (String pack : transaction.list(
                "SELECT DISTINCT pack FROM item JOIN image ON image.hash = item.hash WHERE item.dataset = ? AND pack IS NOT NULL AND NOT "
                        + ELSEWHERE + " ORDER BY pack",
                row -> StoredColumn.text(row, 1),
                dataset,
                dataset)) {
            List<PackRewriting.Part> kept = transaction.list(
                    "SELECT position, length FROM image WHERE pack = ? AND " + ELSEWHERE + " ORDER BY position",
                    row -> new PackRewriting.Part(StoredColumn.whole(row, 1), StoredColumn.small(row, 2)),
                    pack,
                    dataset);
            rewritings.add(new PackRewriting(PackRewriting.Content.IMAGES, pack, kept, "", List.of()));
        }
        return rewritings;
    }

    private DeletedDataset delete(long dataset, String author, String reason, Instant when) throws SQLException {
        String name = SqlCatalog.dataset(transaction, dataset).name();
        DeletedDataset deleted = new DeletedDataset(
                name,
                when,
                author,
                reason,
                transaction.number("SELECT count(*) FROM item WHERE dataset = ? AND removed IS NULL", dataset),
                (int) transaction.number("SELECT count(*) FROM data_version WHERE dataset = ?", dataset));
        transaction.update(
                "INSERT INTO deleted_dataset (dataset, name, deleted, deleted_by, reason, items, versions) VALUES (?, ?, ?, ?, ?, ?, ?)",
                dataset,
                name,
                CatalogRows.micros(when),
                author,
                reason,
                deleted.items(),
                deleted.versions());
        deleteNodes(dataset);
        for (String rows : ROWS) {
            transaction.update(rows, dataset);
        }
        deleteImages();
        return deleted;
    }

    /** Nodes hold the labels and tags of images, so that they are not left behind. */
    private void deleteNodes(long dataset) throws SQLException {
        Set<ContentHash> gone = reachable("=", dataset);
        gone.removeAll(reachable("<>", dataset));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        gone.forEach(hash -> rows.add(List.of(hash.bytes())));
        transaction.batch("DELETE FROM tree_node WHERE hash = ?", rows);
    }

    private record Node(ContentHash hash, byte[] content) {}

    /** All nodes below the versions and the present state of this data set, or of the others. */
    private Set<ContentHash> reachable(String which, long dataset) throws SQLException {
        Set<ContentHash> all = new HashSet<>();
        Set<ContentHash> next = new LinkedHashSet<>(transaction.list(
                "SELECT root FROM data_version WHERE dataset %1$s ? UNION SELECT root FROM dataset WHERE id %1$s ? AND root IS NOT NULL"
                        .formatted(which),
                row -> StoredColumn.hash(row, 1),
                dataset,
                dataset));
        while (!next.isEmpty()) {
            all.addAll(next);
            next = below(List.copyOf(next));
            next.removeAll(all);
        }
        return all;
    }

    /** Leaves are known by their hash and are not read. */
    private Set<ContentHash> below(List<ContentHash> nodes) throws SQLException {
        Set<ContentHash> children = new LinkedHashSet<>();
        for (int from = 0; from < nodes.size(); from += PAGE) {
            List<ContentHash> page = nodes.subList(from, Math.min(from + PAGE, nodes.size()));
            transaction
                    .list(
                            "SELECT hash, content FROM tree_node WHERE place = -1 AND hash IN "
                                    + CatalogRows.places(page.size()),
                            row -> new Node(StoredColumn.hash(row, 1), StoredColumn.bytes(row, 2)),
                            page.stream().map(ContentHash::bytes).toArray())
                    .forEach(node -> inner(node).children().values().forEach(child -> children.add(child.hash())));
        }
        return children;
    }

    private static InnerNode inner(Node node) {
        try {
            if (TreeNode.read(node.content()) instanceof InnerNode inner
                    && inner.hash().equals(node.hash())) {
                return inner;
            }
        } catch (IllegalArgumentException e) {
            throw StoredColumn.damaged("tree_node", "holds no node as content of " + node.hash());
        }
        throw StoredColumn.damaged("tree_node", "holds another node as content of " + node.hash());
    }

    private void deleteImages() throws SQLException {
        int vectors =
                transaction.update("DELETE FROM embedding WHERE hash IN (SELECT hash FROM image WHERE " + UNUSED + ")");
        if (vectors > 0) {
            transaction.update(
                    "UPDATE embedder SET bytes = (SELECT coalesce(sum(length(vector)), 0) FROM embedding WHERE embedding.embedder = embedder.id)");
        }
        transaction.update("DELETE FROM image WHERE " + UNUSED);
        for (PackRewriting rewriting : rewritings) {
            rewriting.apply(transaction);
        }
    }

    static List<DeletedDataset> all(Transaction transaction) throws SQLException {
        return transaction.list(COLUMNS + "ORDER BY deleted DESC, dataset DESC", DatasetDeletion::deleted);
    }

    static Optional<DeletedDataset> newest(Transaction transaction, String name) throws SQLException {
        return transaction.first(
                COLUMNS + "WHERE name = ? ORDER BY deleted DESC, dataset DESC LIMIT 1", DatasetDeletion::deleted, name);
    }

    private static DeletedDataset deleted(ResultSet row) throws SQLException {
        return new DeletedDataset(
                StoredColumn.text(row, "name"),
                StoredColumn.instant(row, "deleted"),
                StoredColumn.text(row, "deleted_by"),
                StoredColumn.text(row, "reason"),
                StoredColumn.whole(row, "items"),
                StoredColumn.small(row, "versions"));
    }
}
