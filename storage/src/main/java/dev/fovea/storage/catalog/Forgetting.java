package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.catalog.VersionStore.Tombstone;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeLeaf;
import dev.fovea.datasets.tree.TreeNode;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqlDatasetStore;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Erases an image everywhere in one transaction. Its bytes are cut out of their packs: the new packs are written first,
 * and the old ones are recorded as leftover files, whose removal survives a crash. Files in place are the owner's and
 * stay.
 */
final class Forgetting {

    private final Database database;
    private final BlobStore blobs;

    Forgetting(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    void forget(Tombstone tombstone) {
        boolean isForgotten;
        do {
            isForgotten = isForgotten(tombstone);
        } while (!isForgotten);
    }

    /** Returns false, and changes nothing, when the packs were changed since they were read. */
    private boolean isForgotten(Tombstone tombstone) {
        ContentHash image = tombstone.image();
        List<PackRewriting> rewritings = new ArrayList<>();
        for (PackRewriting rewriting : database.read(transaction -> PackRewriting.of(transaction, image))) {
            rewritings.add(rewriting.written(database, blobs));
        }
        return database.write(transaction -> {
            if (!PackRewriting.of(transaction, image)
                    .equals(rewritings.stream().map(PackRewriting::planned).toList())) {
                return false;
            }
            erase(transaction, tombstone);
            for (PackRewriting rewriting : rewritings) {
                rewriting.apply(transaction);
            }
            return true;
        });
    }

    private static void erase(Transaction transaction, Tombstone tombstone) throws SQLException {
        ContentHash image = tombstone.image();
        Optional<StoredImage> stored = transaction.first(
                "SELECT " + ItemRows.IMAGE + " FROM image WHERE hash = ?", ItemRows::image, (Object) image.bytes());
        Optional<ContentHash> twin = stored.flatMap(it -> it.treatment().twin());
        transaction.update(
                "INSERT INTO tombstone (hash, twin, forgotten, forgotten_by, reason, models) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                image.bytes(),
                twin.map(ContentHash::bytes),
                CatalogRows.micros(tombstone.forgotten()),
                tombstone.by(),
                tombstone.reason(),
                CatalogRows.json(tombstone.models()));
        eraseItems(transaction, image);
        eraseExamples(transaction, image);
        eraseStates(transaction, image);
        transaction.update(
                "UPDATE evaluation_image SET pack = NULL, pack_offset = NULL, pack_length = NULL WHERE content_hash = ?",
                image.toString());
        SqlDatasetStore.erase(transaction, image.toString());
        if (twin.isPresent()) {
            SqlDatasetStore.erase(transaction, twin.get().toString());
        }
        SqlEmbeddings.erase(transaction, image);
        transaction.update("DELETE FROM image WHERE hash = ?", (Object) image.bytes());
    }

    private record Row(long id, long dataset, boolean removed) {}

    private static void eraseItems(Transaction transaction, ContentHash image) throws SQLException {
        List<Row> rows = transaction.list(
                "SELECT id, dataset, removed FROM item WHERE hash = ?",
                row -> new Row(StoredColumn.whole(row, 1), StoredColumn.whole(row, 2), row.getObject(3) != null),
                (Object) image.bytes());
        for (Row row : rows) {
            DatasetItem item = ItemRows.load(transaction, List.of(row.id())).getFirst();
            ItemWriter writer = new ItemWriter(transaction, row.dataset());
            writer.erase(item, row.removed());
            writer.flush();
        }
    }

    /** Definitions that showed the image do so no more; saved versions keep its hash, as the tombstone does. */
    private static void eraseExamples(Transaction transaction, ContentHash image) throws SQLException {
        String like = "%" + image + "%";
        List<Long> datasets = transaction.list(
                "SELECT DISTINCT dataset FROM dataset_class WHERE examples LIKE ? OR counter_examples LIKE ?",
                row -> StoredColumn.whole(row, 1),
                like,
                like);
        for (Long dataset : datasets) {
            SqlCatalog.write(
                    transaction,
                    dataset,
                    SqlCatalog.classesOf(transaction, dataset).stream()
                            .map(each -> each.without(image.toString()))
                            .toList());
        }
    }

    private static void eraseStates(Transaction transaction, ContentHash image) throws SQLException {
        List<Long> places = image.places();
        List<byte[]> hashes = new ArrayList<>();
        List<TreeLeaf> leaves = transaction.list(
                "SELECT hash, content FROM tree_node WHERE place IN " + CatalogRows.places(places.size()),
                row -> {
                    hashes.add(StoredColumn.bytes(row, 1));
                    return leaf(row);
                },
                places.toArray());
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).find(image).isPresent()) {
                transaction.update(
                        "UPDATE tree_node SET content = ? WHERE hash = ?",
                        leaves.get(i).forget(image).write(),
                        hashes.get(i));
            }
        }
    }

    private static TreeLeaf leaf(ResultSet row) throws SQLException {
        try {
            if (TreeNode.read(StoredColumn.bytes(row, 2)) instanceof TreeLeaf leaf) {
                return leaf;
            }
        } catch (IllegalArgumentException e) {
            throw StoredColumn.damaged("tree_node", "holds no node as content");
        }
        throw StoredColumn.damaged("tree_node", "holds the place of a leaf for a node that is none");
    }
}
