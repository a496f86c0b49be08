package dev.fovea.storage.sql;

import dev.fovea.registry.VersionId;
import dev.fovea.serving.shadow.PredictionDifference;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowDifference;
import dev.fovea.serving.shadow.ShadowStore;
import dev.fovea.serving.shadow.ShadowTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shadows on SQL. Servers add counts in place, so that none overwrites those of another. */
public final class SqlShadowStore implements ShadowStore {

    private static final String SHADOWS =
            "SELECT model, version, percent, started, started_by, dataset, max_images FROM shadow";

    private enum Kind {
        FAILURE,
        CHANGE
    }

    private record NamedCount(String name, long number) {}

    private final Database database;
    private final Damage damage;

    public SqlShadowStore(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public List<Shadow> shadows() {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The shadow of %s".formatted(row.getString("model")),
                "Stop it and start it again.",
                SHADOWS + " ORDER BY model",
                SqlShadowStore::shadow));
    }

    @Override
    public Optional<Shadow> find(String model) {
        return shadows().stream().filter(shadow -> shadow.model().equals(model)).findFirst();
    }

    private static Shadow shadow(ResultSet row) throws SQLException {
        Optional<Shadow.KeptImages> images = row.getObject("dataset") == null
                ? Optional.empty()
                : Optional.of(new Shadow.KeptImages(
                        Columns.text(row, "dataset"), Columns.whole(row, "max_images", 1, Integer.MAX_VALUE)));
        return new Shadow(
                new VersionId(Columns.text(row, "model"), Columns.whole(row, "version", 1, Integer.MAX_VALUE)),
                Columns.number(row, "percent", 0, 100),
                Columns.instant(row, "started"),
                Columns.text(row, "started_by"),
                images);
    }

    @Override
    public boolean start(Shadow shadow) {
        return database.write(transaction -> transaction.update(
                        """
                        INSERT INTO shadow (model, version, percent, started, started_by, dataset, max_images,
                                compared, different, dropped, production_nanos, candidate_nanos)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
                        """,
                        shadow.model(),
                        shadow.version().version(),
                        shadow.percent(),
                        Columns.micros(shadow.started()),
                        shadow.startedBy(),
                        shadow.images().map(Shadow.KeptImages::dataset),
                        shadow.images().map(Shadow.KeptImages::max).orElse(0))
                == 1);
    }

    @Override
    public boolean stop(Shadow shadow) {
        return database.write(transaction -> {
            if (!isThere(transaction, shadow)) {
                return false;
            }
            transaction.update("DELETE FROM shadow_count WHERE model = ?", shadow.model());
            transaction.update("DELETE FROM shadow_difference WHERE model = ?", shadow.model());
            transaction.update("DELETE FROM shadow WHERE model = ?", shadow.model());
            return true;
        });
    }

    private static boolean isThere(Transaction transaction, Shadow shadow) throws SQLException {
        return transaction.number(
                        "SELECT count(*) FROM shadow WHERE model = ? AND started = ?",
                        shadow.model(),
                        Columns.micros(shadow.started()))
                == 1;
    }

    @Override
    public void add(Shadow shadow, ShadowTotals totals, List<ShadowDifference> differences, int limit) {
        int _ = database.write(transaction -> {
            int changed = transaction.update(
                    """
                    UPDATE shadow SET compared = compared + ?, different = different + ?, dropped = dropped + ?,
                            production_nanos = production_nanos + ?, candidate_nanos = candidate_nanos + ?
                    WHERE model = ? AND started = ?
                    """,
                    totals.compared(),
                    totals.different(),
                    totals.dropped(),
                    totals.times().production(),
                    totals.times().candidate(),
                    shadow.model(),
                    Columns.micros(shadow.started()));
            if (changed == 0) {
                return 0; // it has ended
            }
            count(transaction, shadow, Kind.FAILURE, totals.failures());
            count(transaction, shadow, Kind.CHANGE, totals.changes());
            for (ShadowDifference each : differences) {
                insert(transaction, shadow, each);
            }
            return transaction.update("""
                    DELETE FROM shadow_difference WHERE model = ? AND weight < (
                        SELECT weight FROM shadow_difference WHERE model = ? ORDER BY weight DESC LIMIT 1 OFFSET ?)
                    """, shadow.model(), shadow.model(), limit - 1);
        });
    }

    private static void count(Transaction transaction, Shadow shadow, Kind kind, Map<String, Long> counts)
            throws SQLException {
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            transaction.update("""
                    INSERT INTO shadow_count (model, kind, name, number) VALUES (?, ?, ?, ?)
                    ON CONFLICT (model, kind, name) DO UPDATE SET number = shadow_count.number + excluded.number
                    """, shadow.model(), kind.name(), count.getKey(), count.getValue());
        }
    }

    private static void insert(Transaction transaction, Shadow shadow, ShadowDifference each) throws SQLException {
        transaction.update(
                """
                INSERT INTO shadow_difference (model, at, request, weight, production, candidate, image)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                shadow.model(),
                Columns.micros(each.at()),
                each.requestId(),
                each.difference().weight(),
                each.difference().production(),
                each.difference().candidate(),
                each.image());
    }

    @Override
    public ShadowTotals totals(Shadow shadow) {
        return database.read(transaction -> {
            Map<String, Long> failures = counts(transaction, shadow, Kind.FAILURE);
            Map<String, Long> changes = counts(transaction, shadow, Kind.CHANGE);
            return transaction
                    .first(
                            "SELECT compared, different, dropped, production_nanos, candidate_nanos FROM shadow"
                                    + " WHERE model = ? AND started = ?",
                            row -> new ShadowTotals(
                                    StoredColumn.whole(row, "compared"),
                                    StoredColumn.whole(row, "different"),
                                    StoredColumn.whole(row, "dropped"),
                                    failures,
                                    changes,
                                    new ShadowTotals.ComparedTimes(
                                            StoredColumn.whole(row, "production_nanos"),
                                            StoredColumn.whole(row, "candidate_nanos"))),
                            shadow.model(),
                            Columns.micros(shadow.started()))
                    .orElse(ShadowTotals.NONE);
        });
    }

    private static Map<String, Long> counts(Transaction transaction, Shadow shadow, Kind kind) throws SQLException {
        return transaction
                .list(
                        "SELECT name, number FROM shadow_count WHERE model = ? AND kind = ?",
                        row -> new NamedCount(StoredColumn.text(row, "name"), StoredColumn.whole(row, "number")),
                        shadow.model(),
                        kind.name())
                .stream()
                .collect(Collectors.toMap(NamedCount::name, NamedCount::number));
    }

    @Override
    public List<ShadowDifference> differences(Shadow shadow, int limit, int offset) {
        return database.read(transaction -> transaction.list(
                "SELECT at, request, weight, production, candidate, image FROM shadow_difference WHERE model = ?"
                        + " ORDER BY weight DESC, at, request LIMIT ? OFFSET ?",
                row -> new ShadowDifference(
                        Columns.instant(row, "at"),
                        StoredColumn.text(row, "request"),
                        new PredictionDifference(
                                Columns.number(row, "weight", 0, 1),
                                StoredColumn.text(row, "production"),
                                StoredColumn.text(row, "candidate")),
                        row.getObject("image") == null
                                ? Optional.empty()
                                : Optional.of(StoredColumn.text(row, "image"))),
                shadow.model(),
                limit,
                offset));
    }
}
