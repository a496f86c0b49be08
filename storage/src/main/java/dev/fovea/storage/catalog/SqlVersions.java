package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeNodes;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Versions of data sets on SQL. */
public final class SqlVersions implements VersionStore {

    /** Images that one transaction puts into the tree, so that other writers get their turn. */
    private static final int AT_ONCE = 4096;

    private static final String COLUMNS =
            "SELECT number, id, root, question, classes, message, author, created, items, labelled FROM data_version ";
    private static final String TOMBSTONE = "SELECT hash, forgotten, forgotten_by, reason, models FROM tombstone ";

    private final Database database;
    private final BlobStore blobs;

    public SqlVersions(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    @Override
    public SavedVersion commit(Dataset dataset, String message, String author) {
        List<WorkingTree.Changed> changed =
                new ArrayList<>(database.read(transaction -> WorkingTree.changed(transaction, dataset.id())));
        if (changed.size() > AT_ONCE) {
            // in the order of their hashes, so that few nodes are written twice
            changed.sort(Comparator.comparing(WorkingTree.Changed::image));
            for (int from = 0; from < changed.size(); from += AT_ONCE) {
                List<WorkingTree.Changed> part = changed.subList(from, Math.min(from + AT_ONCE, changed.size()));
                ContentHash _ = database.write(transaction -> new WorkingTree(transaction, dataset.id()).update(part));
            }
        }
        return database.write(transaction -> save(transaction, dataset.id(), message, author));
    }

    private static SavedVersion save(Transaction transaction, long id, String message, String author)
            throws SQLException {
        ContentHash root = new WorkingTree(transaction, id).update(WorkingTree.changed(transaction, id));
        Dataset dataset = SqlCatalog.dataset(transaction, id);
        Optional<SavedVersion> before = newest(transaction, id);
        String content = SavedVersion.idOf(dataset.task(), dataset.question(), dataset.classes(), root);
        if (before.filter(version -> version.id().equals(content)).isPresent()) {
            return before.get();
        }
        long labelled = SqlCatalog.count(transaction, id, "yes");
        SavedVersion version = new SavedVersion(
                before.map(SavedVersion::number).orElse(0) + 1,
                content,
                root,
                dataset.question(),
                dataset.classes(),
                new SavedVersion.VersionNote(message, author, Instant.now().truncatedTo(ChronoUnit.MICROS)),
                labelled + SqlCatalog.count(transaction, id, "no"),
                labelled);
        transaction.update(
                """
                INSERT INTO data_version
                (dataset, number, id, root, question, classes, message, author, created, items, labelled)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                version.number(),
                version.id(),
                root.bytes(),
                CatalogRows.question(version.question()),
                CatalogRows.classes(version.classes()),
                message,
                author,
                CatalogRows.micros(version.note().created()),
                version.items(),
                version.labelled());
        return version;
    }

    @Override
    public boolean isChanged(long dataset) {
        return database.read(transaction -> {
            Optional<SavedVersion> newest = newest(transaction, dataset);
            Dataset present = SqlCatalog.dataset(transaction, dataset);
            return newest.isEmpty()
                    || !newest.get().classes().equals(present.classes())
                    || !newest.get().question().equals(present.question())
                    || transaction.number(
                                    "SELECT count(*) FROM (SELECT 1 FROM changed_item WHERE dataset = ? LIMIT 1) waiting",
                                    dataset)
                            > 0;
        });
    }

    @Override
    public List<SavedVersion> log(long dataset) {
        return database.read(transaction ->
                transaction.list(COLUMNS + "WHERE dataset = ? ORDER BY number DESC", SqlVersions::version, dataset));
    }

    static Optional<SavedVersion> newest(Transaction transaction, long dataset) throws SQLException {
        return transaction.first(
                COLUMNS + "WHERE dataset = ? ORDER BY number DESC LIMIT 1", SqlVersions::version, dataset);
    }

    private static SavedVersion version(ResultSet row) throws SQLException {
        return new SavedVersion(
                StoredColumn.small(row, "number"),
                StoredColumn.text(row, "id"),
                StoredColumn.hash(row, "root"),
                StoredColumn.parsed(row, "question", CatalogRows::question),
                StoredColumn.parsed(row, "classes", CatalogRows::classes),
                new SavedVersion.VersionNote(
                        StoredColumn.text(row, "message"),
                        StoredColumn.text(row, "author"),
                        StoredColumn.instant(row, "created")),
                StoredColumn.whole(row, "items"),
                StoredColumn.whole(row, "labelled"));
    }

    @Override
    public List<Named> find(String prefix) {
        return database.read(transaction -> transaction.list(
                "SELECT d.name, number, v.id, root, v.question, classes, message, author, v.created, items, labelled FROM data_version v JOIN dataset d ON d.id = v.dataset WHERE v.id >= ? AND v.id < ? ORDER BY d.name, number DESC",
                row -> new Named(StoredColumn.text(row, "name"), version(row)),
                prefix,
                prefix + "g"));
    }

    @Override
    public TreeNodes nodes() {
        return hashes ->
                database.read(transaction -> WorkingTree.read(transaction).read(hashes));
    }

    @Override
    public void forget(List<Tombstone> tombstones) {
        Forgetting forgetting = new Forgetting(database, blobs);
        tombstones.forEach(forgetting::forget);
    }

    @Override
    public List<Tombstone> tombstones() {
        return database.read(
                transaction -> transaction.list(TOMBSTONE + "ORDER BY forgotten DESC, hash", SqlVersions::tombstone));
    }

    @Override
    public Optional<Tombstone> tombstone(ContentHash image) {
        return database.read(transaction -> transaction.first(
                TOMBSTONE + "WHERE hash = ? OR twin = ?", SqlVersions::tombstone, image.bytes(), image.bytes()));
    }

    private static Tombstone tombstone(ResultSet row) throws SQLException {
        return new Tombstone(
                StoredColumn.hash(row, "hash"),
                StoredColumn.instant(row, "forgotten"),
                StoredColumn.text(row, "forgotten_by"),
                StoredColumn.text(row, "reason"),
                StoredColumn.parsed(row, "models", CatalogRows::texts));
    }
}
