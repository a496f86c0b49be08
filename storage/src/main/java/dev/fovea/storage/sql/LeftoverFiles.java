package dev.fovea.storage.sql;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Leftovers;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.StoredBundles;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The files of deleted versions, and packs that a killed process wrote and nothing refers to. The transaction that
 * deletes the rows records their names, and each name is removed after its file, so that a crash leaves no files
 * behind. Files with references stay.
 */
public final class LeftoverFiles implements Leftovers {

    private final Database database;
    private final BlobStore blobs;
    private final StoredBundles bundles;
    private final InstantSource clock;

    public LeftoverFiles(Database database, BlobStore blobs, StoredBundles bundles, InstantSource clock) {
        this.clock = clock;
        this.database = database;
        this.blobs = blobs;
        this.bundles = bundles;
    }

    private enum Kind {
        BUNDLE("SELECT count(*) FROM model_version WHERE bundle = ?"),
        PACK(
                "SELECT count(*) FROM (SELECT pack FROM evaluation_image UNION ALL SELECT pack FROM image UNION ALL SELECT id AS pack FROM pending_pack UNION ALL SELECT blob AS pack FROM keep_candidate) used WHERE pack = ?");

        private final String users;

        Kind(String users) {
            this.users = users;
        }
    }

    private record Leftover(Kind kind, String id) {}

    /** Deletes the dependent rows of a version, and records the files to delete. */
    static void delete(Transaction transaction, String model, int number) throws SQLException {
        transaction.update("""
                INSERT INTO leftover (kind, id) SELECT 'BUNDLE', bundle FROM model_version
                WHERE model = ? AND number = ? ON CONFLICT DO NOTHING
                """, model, number);
        transaction.update("""
                INSERT INTO leftover (kind, id) SELECT DISTINCT 'PACK', pack FROM evaluation_image
                WHERE pack IS NOT NULL AND evaluation IN (SELECT id FROM evaluation WHERE model = ? AND version = ?)
                ON CONFLICT DO NOTHING
                """, model, number);
        transaction.update(
                "DELETE FROM evaluation_image WHERE evaluation IN (SELECT id FROM evaluation WHERE model = ? AND version = ?)",
                model,
                number);
        transaction.update("DELETE FROM evaluation WHERE model = ? AND version = ?", model, number);
        transaction.update("DELETE FROM training_run WHERE model = ? AND version = ?", model, number);
        transaction.update("DELETE FROM monitoring_state WHERE model = ? AND version = ?", model, number);
        transaction.update("""
                DELETE FROM tuning WHERE bundle IN (SELECT bundle FROM model_version WHERE model = ? AND number = ?)
                AND bundle NOT IN (SELECT bundle FROM model_version WHERE NOT (model = ? AND number = ?))
                """, model, number, model, number);
    }

    @Override
    public void remove() {
        PendingPacks.abandon(database, clock.instant());
        Optional<FoveaException> trouble = Optional.empty();
        for (Leftover leftover : all()) {
            try {
                remove(leftover);
            } catch (FoveaException e) {
                trouble = trouble.or(() -> Optional.of(e));
            }
        }
        trouble.ifPresent(e -> {
            throw e;
        });
    }

    private List<Leftover> all() {
        return database.read(transaction -> transaction
                .list(
                        "SELECT kind, id FROM leftover WHERE kind IN ('BUNDLE', 'PACK') ORDER BY kind, id",
                        row -> row.getObject("id") instanceof String id
                                ? Optional.of(new Leftover(Kind.valueOf(row.getString("kind")), id))
                                : Optional.<Leftover>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** In a transaction, so that no other process refers to the file meanwhile. */
    private void remove(Leftover leftover) {
        int _ = database.write(transaction -> {
            if (transaction.number(leftover.kind().users, leftover.id()) == 0) {
                switch (leftover.kind()) {
                    case BUNDLE -> bundles.remove(leftover.id());
                    case PACK -> blobs.remove(leftover.id());
                }
            }
            return transaction.update(
                    "DELETE FROM leftover WHERE kind = ? AND id = ?",
                    leftover.kind().name(),
                    leftover.id());
        });
    }
}
