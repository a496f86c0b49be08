package dev.fovea.storage.sql;

import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.files.DurableFiles;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes packs whose rows follow in another transaction. Each is noted before it is written, and the transaction that
 * refers to it removes the note. A pack whose note stays for a day belongs to a process that was killed in between, and
 * becomes a {@linkplain LeftoverFiles leftover}.
 */
public final class PendingPacks {

    /** Far longer than the transaction after a pack can take. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Database database;
    private final BlobStore blobs;
    private final InstantSource clock;

    /** Packs of a home. */
    public PendingPacks(Database database, BlobStore blobs) {
        this(database, blobs, InstantSource.system());
    }

    PendingPacks(Database database, BlobStore blobs, InstantSource clock) {
        this.database = database;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Stores a pack and returns its id; not to be called within a transaction. */
    public String put(byte[] bytes) {
        String id = DurableFiles.hash(bytes);
        int _ = database.write(transaction -> transaction.update(
                "INSERT INTO pending_pack (id, since) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET since = excluded.since",
                id,
                Columns.micros(clock.instant())));
        return blobs.put(bytes);
    }

    /** Notes that rows of this transaction refer to packs. */
    public static void referred(Transaction transaction, Collection<String> packs) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        packs.stream().distinct().sorted().forEach(pack -> rows.add(List.of(pack)));
        if (!rows.isEmpty()) {
            transaction.batch("DELETE FROM pending_pack WHERE id = ?", rows);
        }
    }

    /** Makes leftovers of the packs of killed processes. */
    static void abandon(Database database, Instant now) {
        long before = Columns.micros(now.minus(ABANDONED));
        long abandoned = database.read(
                transaction -> transaction.number("SELECT count(*) FROM pending_pack WHERE since < ?", before));
        if (abandoned > 0) {
            int _ = database.write(transaction -> {
                transaction.update(
                        "INSERT INTO leftover (kind, id) SELECT 'PACK', id FROM pending_pack WHERE since < ? AND id IS NOT NULL ON CONFLICT DO NOTHING",
                        before);
                return transaction.update("DELETE FROM pending_pack WHERE since < ?", before);
            });
        }
    }
}
