package dev.fovea.storage.retention;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Leftovers;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.traffic.retention.KeepTotals;
import dev.fovea.traffic.retention.KeptImage;
import dev.fovea.traffic.retention.KeptImageStore;
import dev.fovea.traffic.retention.KeptImageStore.KeptLabel;
import dev.fovea.traffic.retention.PartCounts;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kept images on SQL. */
public final class SqlKeptImages implements KeptImageStore {

    /** Ids of one query. */
    private static final int CHUNK = 500;

    private static final String SELECT = "SELECT " + KeepRows.KEPT + " FROM kept_image ";

    /** Kept images with the annotation in force. */
    private static final String LABELLED = """
             FROM kept_image k JOIN dataset d ON d.name = k.dataset JOIN item i ON i.dataset = d.id AND i.hash = k.hash
             JOIN annotation a ON a.item = i.id AND a.in_force = 1
            """;

    private static final String NOT_REPORTED = "(k.reported IS NULL OR k.reported <> a.id)";

    private final Database database;
    private final Leftovers leftovers;

    public SqlKeptImages(Database database, Leftovers leftovers) {
        this.database = database;
        this.leftovers = leftovers;
    }

    @Override
    public void keep(KeptImage image) {
        int _ = database.write(transaction -> {
            transaction.batch(
                    "INSERT INTO kept_image (" + KeepRows.KEPT
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    List.of(KeepRows.row(image)));
            return SqlKeepStore.giveUp(transaction, "id = ?", image.id());
        });
        try {
            leftovers.remove();
        } catch (FoveaException e) {
            System.getLogger(SqlKeptImages.class.getName())
                    .log(System.Logger.Level.DEBUG, "The file of a candidate that was kept stays for now", e);
        }
    }

    @Override
    public List<KeptImage> kept(String model, Instant from, Instant to, int limit, int skip) {
        return database.read(transaction -> transaction.list(
                SELECT
                        + "WHERE model = ? AND predicted >= ? AND predicted < ? ORDER BY predicted DESC, id LIMIT ? OFFSET ?",
                KeepRows::kept,
                model,
                KeepRows.micros(from),
                KeepRows.micros(to),
                limit,
                skip));
    }

    @Override
    public List<KeptImage> between(String model, Instant from, Instant to) {
        return database.read(transaction -> transaction.list(
                SELECT + "WHERE model = ? AND predicted >= ? AND predicted < ? ORDER BY predicted, id",
                KeepRows::kept,
                model,
                KeepRows.micros(from),
                KeepRows.micros(to)));
    }

    @Override
    public List<KeptImage> ofRequests(String model, Collection<String> requests) {
        List<String> ids = List.copyOf(requests);
        return database.read(transaction -> {
            List<KeptImage> found = new ArrayList<>();
            for (int from = 0; from < ids.size(); from += CHUNK) {
                List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
                List<Object> parameters = new ArrayList<>(List.of(model));
                parameters.addAll(chunk);
                found.addAll(transaction.list(
                        SELECT
                                + "WHERE model = ? AND request IN (%s) ORDER BY predicted, id"
                                        .formatted(String.join(", ", Collections.nCopies(chunk.size(), "?"))),
                        KeepRows::kept,
                        parameters.toArray()));
            }
            return List.copyOf(found);
        });
    }

    @Override
    public List<KeptImage> ofImage(String dataset, String hash) {
        return database.read(transaction -> transaction.list(
                SELECT + "WHERE dataset = ? AND hash = ? ORDER BY predicted, id",
                KeepRows::kept,
                dataset,
                KeepRows.hash(hash)));
    }

    @Override
    public List<String> newlyLabelled() {
        return database.read(transaction -> transaction.list(
                "SELECT DISTINCT k.model" + LABELLED + "JOIN model_version v ON v.model = k.model WHERE " + NOT_REPORTED
                        + " ORDER BY k.model",
                row -> StoredColumn.text(row, 1)));
    }

    @Override
    public List<KeptLabel> labelled(String model, Optional<String> dataset, boolean again, String after, int limit) {
        return database.read(transaction -> transaction.list(
                "SELECT k." + KeepRows.KEPT.replace(", ", ", k.") + ", a.id AS annotation, a.content" + LABELLED
                        + "WHERE k.model = ? AND k.id > ? AND (? = '' OR k.dataset = ?)"
                        + (again ? "" : " AND " + NOT_REPORTED) + " ORDER BY k.id LIMIT ?",
                row -> new KeptLabel(
                        KeepRows.kept(row), StoredColumn.whole(row, "annotation"), StoredColumn.text(row, "content")),
                model,
                after,
                dataset.orElse(""),
                dataset.orElse(""),
                limit));
    }

    @Override
    public void reported(Collection<KeptLabel> labels) {
        if (!labels.isEmpty()) {
            int _ = database.write(transaction -> {
                transaction.batch(
                        "UPDATE kept_image SET reported = ? WHERE id = ?",
                        labels.stream()
                                .map(label -> List.<@Nullable Object>of(
                                        label.annotation(), label.image().id()))
                                .toList());
                return labels.size();
            });
        }
    }

    @Override
    public List<KeptImage> expired(LocalDate today, int limit) {
        return database.read(transaction -> {
            List<KeptImage> over = transaction.list(
                    SELECT + "WHERE expires <= ? ORDER BY expires, id LIMIT ?",
                    KeepRows::kept,
                    today.toEpochDay(),
                    limit);
            return over.isEmpty() ? aboveBytes(transaction, limit) : over;
        });
    }

    private record Limit(String model, long bytes) {}

    /** The oldest images of the first model that has too many bytes. */
    private static List<KeptImage> aboveBytes(Transaction transaction, int limit) throws SQLException {
        List<Limit> limits = transaction.list(
                "SELECT model, max_bytes FROM keep_policy ORDER BY model",
                row -> new Limit(StoredColumn.text(row, 1), StoredColumn.whole(row, 2)));
        for (Limit each : limits) {
            long surplus = bytes(transaction, each.model()) - each.bytes();
            if (surplus > 0) {
                List<KeptImage> oldest = transaction.list(
                        SELECT + "WHERE model = ? AND expires IS NOT NULL ORDER BY predicted, id LIMIT ?",
                        KeepRows::kept,
                        each.model(),
                        limit);
                List<KeptImage> over = new ArrayList<>();
                for (KeptImage image : oldest) {
                    if (surplus > 0) {
                        over.add(image);
                        surplus -= image.file().bytes();
                    }
                }
                return over;
            }
        }
        return List.of();
    }

    /** The bytes of images that expire; one that several requests had counts once. */
    private static long bytes(Transaction transaction, String model) throws SQLException {
        return transaction.number(
                "SELECT coalesce(sum(bytes), 0) FROM (SELECT DISTINCT dataset, hash, bytes FROM kept_image"
                        + " WHERE model = ? AND expires IS NOT NULL) files",
                model);
    }

    @Override
    public void release(Collection<KeptImage> images) {
        each("DELETE FROM kept_image WHERE id = ?", images);
    }

    @Override
    public void retain(Collection<KeptImage> images) {
        each("UPDATE kept_image SET expires = NULL WHERE id = ?", images);
    }

    private void each(String sql, Collection<KeptImage> images) {
        if (!images.isEmpty()) {
            int _ = database.write(transaction -> {
                transaction.batch(
                        sql,
                        images.stream()
                                .map(image -> List.<@Nullable Object>of(image.id()))
                                .toList());
                return images.size();
            });
        }
    }

    @Override
    public KeepTotals totals(String model) {
        return database.read(transaction -> new KeepTotals(
                transaction.number("SELECT count(*) FROM kept_image WHERE model = ?", model),
                bytes(transaction, model),
                transaction.number(
                        "SELECT count(*) FROM keep_candidate WHERE model = ? AND reasons IS NOT NULL", model),
                transaction.list(
                        """
                        SELECT p.model, p.day, p.number, p.seen, p.lost, (SELECT count(*) FROM keep_candidate c
                            WHERE c.model = p.model AND c.day = p.day AND c.number = p.number) AS staged
                        FROM keep_part p WHERE p.model = ? AND p.closed = 0 ORDER BY p.day, p.number
                        """,
                        row -> new KeepTotals.OpenCounts(
                                KeepRows.part(row),
                                new PartCounts(StoredColumn.whole(row, "seen"), StoredColumn.whole(row, "lost")),
                                StoredColumn.whole(row, "staged")),
                        model)));
    }
}
