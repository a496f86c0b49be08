package dev.fovea.storage.retention;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Leftovers;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.PendingPacks;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.traffic.retention.ChosenImage;
import dev.fovea.traffic.retention.KeepCandidate;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeepStore;
import dev.fovea.traffic.retention.KeepStore.StagedImage;
import dev.fovea.traffic.retention.OpenPart;
import dev.fovea.traffic.retention.PartCounts;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Policies and candidates on SQL, with the candidates' files in blobs. A file is written as a pending pack before the
 * row that names it, and becomes a leftover with the row's end, so that a killed process leaves neither a row without a
 * file nor a file without a row.
 */
public final class SqlKeepStore implements KeepStore {

    private static final String REMEDY = "It is left out. Set the policy again with fovea traffic keep.";

    private final Database database;
    private final Damage damage;
    private final BlobStore blobs;
    private final PendingPacks pending;
    private final Leftovers leftovers;

    public SqlKeepStore(Database database, Damage damage, BlobStore blobs, Leftovers leftovers) {
        this.database = database;
        this.damage = damage;
        this.blobs = blobs;
        this.pending = new PendingPacks(database, blobs);
        this.leftovers = leftovers;
    }

    @Override
    public List<KeepPolicy> policies() {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The policy for images of %s".formatted(row.getString("model")),
                REMEDY,
                "SELECT " + KeepRows.POLICY + " FROM keep_policy ORDER BY model",
                KeepRows::policy));
    }

    @Override
    public Optional<KeepPolicy> policy(String model) {
        return policies().stream()
                .filter(policy -> policy.model().equals(model))
                .findFirst();
    }

    @Override
    public void put(KeepPolicy policy) {
        int _ = database.write(transaction -> {
            transaction.update("DELETE FROM keep_policy WHERE model = ?", policy.model());
            return transaction.update(
                    "INSERT INTO keep_policy (" + KeepRows.POLICY + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
                    policy.model(),
                    policy.dataset(),
                    policy.perDay(KeepReason.RANDOM),
                    policy.perDay(KeepReason.UNCERTAIN),
                    policy.perDay(KeepReason.NOVEL),
                    policy.maxBytes(),
                    policy.days());
        });
    }

    @Override
    public boolean end(String model) {
        boolean ended = database.write(transaction -> {
            int _ = giveUp(transaction, "model = ? AND reasons IS NULL", model);
            transaction.update("UPDATE keep_part SET closed = 1 WHERE model = ? AND closed = 0", model);
            return transaction.update("DELETE FROM keep_policy WHERE model = ?", model) == 1;
        });
        removeFiles();
        return ended;
    }

    @Override
    public OpenPart open(KeepPolicy policy, LocalDate day) {
        return database.read(transaction -> PartRows.open(transaction, policy, day));
    }

    @Override
    public List<KeepPart> openParts() {
        return database.read(transaction -> transaction.list(
                "SELECT model, day, number FROM keep_part WHERE closed = 0 ORDER BY day, model, number",
                KeepRows::part));
    }

    @Override
    public Set<KeepPart> closedParts(LocalDate from) {
        return Set.copyOf(database.read(transaction -> transaction.list(
                "SELECT model, day, number FROM keep_part WHERE closed = 1 AND day >= ?",
                KeepRows::part,
                from.toEpochDay())));
    }

    @Override
    public boolean stage(KeepPart part, PartCounts counts, List<StagedImage> images) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (StagedImage image : images) {
            String blob = pending.put(image.file());
            files.add(blob);
            rows.add(KeepRows.row(image.candidate(), blob));
        }
        return database.write(transaction -> {
            int open = transaction.update(
                    """
                    INSERT INTO keep_part (model, day, number, seen, lost, share, closed, random, uncertain, novel)
                    VALUES (?, ?, ?, ?, ?, 1, 0, 0, 0, 0) ON CONFLICT (model, day, number) DO UPDATE
                    SET seen = keep_part.seen + excluded.seen, lost = keep_part.lost + excluded.lost
                    WHERE keep_part.closed = 0
                    """, part.model(), part.day().toEpochDay(), part.number(), counts.seen(), counts.lost());
            if (open == 0) {
                return false;
            }
            transaction.batch(
                    "INSERT INTO keep_candidate (" + KeepRows.CANDIDATE
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    rows);
            PendingPacks.referred(transaction, files);
            return true;
        });
    }

    @Override
    public void giveUp(KeepPart part, Collection<KeepCandidate> candidates, double share) {
        int _ = database.write(transaction -> {
            for (KeepCandidate candidate : candidates) {
                int _ = giveUp(transaction, "id = ? AND reasons IS NULL", candidate.id());
            }
            return transaction.update(
                    "UPDATE keep_part SET share = share * ? WHERE " + PartRows.WHICH + " AND closed = 0",
                    share,
                    part.model(),
                    part.day().toEpochDay(),
                    part.number());
        });
        removeFiles();
    }

    /** Deletes candidates, and records their files as leftovers; returns how many there were. */
    static int giveUp(Transaction transaction, String which, Object... parameters) throws SQLException {
        transaction.update(
                "INSERT INTO leftover (kind, id) SELECT DISTINCT 'PACK', blob FROM keep_candidate WHERE " + which
                        + " ON CONFLICT DO NOTHING",
                parameters);
        return transaction.update("DELETE FROM keep_candidate WHERE " + which, parameters);
    }

    /** Files that cannot be removed now are removed later. */
    private void removeFiles() {
        try {
            leftovers.remove();
        } catch (FoveaException e) {
            System.getLogger(SqlKeepStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "Files of images that are not kept stay for now", e);
        }
    }

    @Override
    public void close(KeepPolicy policy, KeepPart part, Function<OpenPart, List<ChosenImage>> choice) {
        int _ = database.write(transaction -> {
            OpenPart open = PartRows.open(transaction, policy, part.day());
            if (!open.part().equals(part)) {
                return 0;
            }
            List<ChosenImage> chosen = choice.apply(open);
            choose(transaction, chosen);
            int _ = giveUp(transaction, PartRows.WHICH + " AND reasons IS NULL", KeepRows.key(part));
            return transaction.update(
                    "UPDATE keep_part SET closed = 1, random = ?, uncertain = ?, novel = ? WHERE " + PartRows.WHICH,
                    count(chosen, KeepReason.RANDOM),
                    count(chosen, KeepReason.UNCERTAIN),
                    count(chosen, KeepReason.NOVEL),
                    part.model(),
                    part.day().toEpochDay(),
                    part.number());
        });
        removeFiles();
    }

    private static void choose(Transaction transaction, List<ChosenImage> chosen) throws SQLException {
        for (ChosenImage image : chosen) {
            transaction.update(
                    "UPDATE keep_candidate SET reasons = ?, probability = ?, dataset = ?, expires = ? WHERE id = ?",
                    KeepRows.words(image.reasons()),
                    image.probability(),
                    image.dataset(),
                    image.expires().toEpochDay(),
                    image.candidate().id());
        }
    }

    private static int count(List<ChosenImage> chosen, KeepReason reason) {
        return (int) chosen.stream()
                .filter(image -> image.reasons().contains(reason))
                .count();
    }

    @Override
    public List<String> awaiting() {
        return database.read(transaction -> transaction.list(
                "SELECT DISTINCT dataset FROM keep_candidate WHERE dataset IS NOT NULL ORDER BY dataset",
                row -> StoredColumn.text(row, 1)));
    }

    @Override
    public List<ChosenImage> chosen(String dataset, int limit) {
        return database.read(transaction -> transaction.list(
                "SELECT " + KeepRows.CANDIDATE + ", reasons, probability, dataset, expires FROM keep_candidate"
                        + " WHERE dataset = ? ORDER BY day, id LIMIT ?",
                KeepRows::chosen,
                dataset,
                limit));
    }

    @Override
    public Optional<byte[]> file(KeepCandidate candidate) {
        return database.read(transaction -> transaction.first(
                        "SELECT blob FROM keep_candidate WHERE id = ?",
                        row -> StoredColumn.text(row, 1),
                        candidate.id()))
                .map(blobs::read);
    }

    @Override
    public void refuse(ChosenImage image) {
        int _ = database.write(transaction -> {
            int given = giveUp(transaction, "id = ?", image.candidate().id());
            KeepPart part = image.candidate().part();
            return transaction.update(
                    "UPDATE keep_part SET lost = lost + ? WHERE " + PartRows.WHICH,
                    given,
                    part.model(),
                    part.day().toEpochDay(),
                    part.number());
        });
        removeFiles();
    }
}
