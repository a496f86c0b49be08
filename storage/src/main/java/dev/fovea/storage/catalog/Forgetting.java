package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.catalog.VersionStore.Tombstone;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeLeaf;
import dev.fovea.datasets.tree.TreeNode;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqlDatasetStore;
import dev.fovea.storage.sql.Transaction;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Erases an image everywhere in one transaction. Its bytes are cut out of their pack; the old pack is recorded as a
 * leftover file, whose removal survives a crash. Files in place are the owner's and stay.
 */
final class Forgetting {

    private final Database database;
    private final BlobStore blobs;

    Forgetting(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    void forget(Tombstone tombstone) {
        ContentHash image = tombstone.image();
        int _ = database.write(transaction -> {
            Optional<StoredImage> stored = transaction.first(
                    "SELECT " + ItemRows.IMAGE + " FROM image WHERE hash = ?", ItemRows::image, (Object) image.bytes());
            transaction.update(
                    "INSERT INTO tombstone (hash, twin, forgotten, forgotten_by, reason, models) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    image.bytes(),
                    stored.flatMap(it -> it.treatment().twin()).map(ContentHash::bytes),
                    CatalogRows.micros(tombstone.forgotten()),
                    tombstone.by(),
                    tombstone.reason(),
                    CatalogRows.json(tombstone.models()));
            eraseItems(transaction, image);
            eraseExamples(transaction, image);
            eraseStates(transaction, image);
            eraseThumbnails(transaction, image);
            SqlDatasetStore.erase(transaction, image.toString());
            Optional<ContentHash> twin = stored.flatMap(it -> it.treatment().twin());
            if (twin.isPresent()) {
                SqlDatasetStore.erase(transaction, twin.get().toString());
            }
            SqlEmbeddings.erase(transaction, image);
            transaction.update("DELETE FROM image WHERE hash = ?", (Object) image.bytes());
            if (stored.isPresent() && stored.get().place() instanceof ImagePlace.Packed packed) {
                repack(transaction, packed.pack());
            }
            return 0;
        });
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

    /** Evaluations keep their figures; the packs of their thumbnails are rewritten without the image. */
    private void eraseThumbnails(Transaction transaction, ContentHash image) throws SQLException {
        List<String> packs = transaction.list(
                "SELECT DISTINCT pack FROM evaluation_image WHERE content_hash = ? AND pack IS NOT NULL",
                row -> StoredColumn.text(row, 1),
                image.toString());
        transaction.update(
                "UPDATE evaluation_image SET pack = NULL, pack_offset = NULL, pack_length = NULL WHERE content_hash = ?",
                image.toString());
        for (String pack : packs) {
            List<Part> parts = transaction.list(
                    "SELECT DISTINCT pack_offset, pack_length FROM evaluation_image WHERE pack = ? ORDER BY pack_offset",
                    row -> new Part(StoredColumn.whole(row, 1), StoredColumn.small(row, 2)),
                    pack);
            Repacked repacked = repacked(pack, parts);
            for (int i = 0; i < parts.size(); i++) {
                transaction.update(
                        "UPDATE evaluation_image SET pack = ?, pack_offset = ? WHERE pack = ? AND pack_offset = ?",
                        repacked.pack(),
                        repacked.positions().get(i),
                        pack,
                        parts.get(i).position());
            }
            leave(transaction, pack);
        }
    }

    private void repack(Transaction transaction, String pack) throws SQLException {
        List<Part> parts = transaction.list(
                "SELECT position, length FROM image WHERE pack = ? ORDER BY position",
                row -> new Part(StoredColumn.whole(row, 1), StoredColumn.small(row, 2)),
                pack);
        Repacked repacked = repacked(pack, parts);
        for (int i = 0; i < parts.size(); i++) {
            transaction.update(
                    "UPDATE image SET pack = ?, position = ? WHERE pack = ? AND position = ?",
                    repacked.pack(),
                    repacked.positions().get(i),
                    pack,
                    parts.get(i).position());
        }
        leave(transaction, pack);
    }

    private record Part(long position, int length) {}

    private record Repacked(String pack, List<Long> positions) {}

    private Repacked repacked(String pack, List<Part> parts) {
        if (parts.isEmpty()) {
            return new Repacked("", List.of());
        }
        byte[] before = blobs.read(pack);
        ByteArrayOutputStream after = new ByteArrayOutputStream(before.length);
        List<Long> positions = new ArrayList<>();
        for (Part part : parts) {
            positions.add((long) after.size());
            after.writeBytes(Arrays.copyOfRange(before, (int) part.position(), (int) part.position() + part.length()));
        }
        return new Repacked(blobs.put(after.toByteArray()), positions);
    }

    private static void leave(Transaction transaction, String pack) throws SQLException {
        transaction.update("INSERT INTO leftover (kind, id) VALUES ('PACK', ?) ON CONFLICT DO NOTHING", pack);
    }
}
