package dev.fovea.storage.truth;

import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.traffic.truth.SettledTruth;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthConflict;
import dev.fovea.traffic.truth.TruthCounts;
import dev.fovea.traffic.truth.TruthSource;
import dev.fovea.traffic.truth.TruthStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** True labels in the database. A damaged row is left out and reported. */
public final class SqlTruths implements TruthStore {

    /** Ids of one query. */
    private static final int CHUNK = 500;

    private static final String REMEDY = "It does not count. Report its labels again, with the option to replace.";

    private final Database database;
    private final Damage damage;

    public SqlTruths(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public AddedTruths add(String model, Collection<Truth> truths, boolean replace) {
        return database.write(transaction -> {
            Map<String, String> standing = standing(transaction, model, truths);
            Sorting sorting = new Sorting(model, standing, replace);
            truths.forEach(sorting::sort);
            transaction.batch(
                    "INSERT INTO truth (model, request, labels, source, received) VALUES (?, ?, ?, ?, ?)",
                    sorting.inserted);
            transaction.batch("""
                    UPDATE truth SET labels = ?, source = ?, received = ? WHERE model = ? AND request = ?
                    """, sorting.updated);
            transaction.batch(
                    "DELETE FROM truth_prediction WHERE model = ? AND request = ?",
                    sorting.replaced.stream()
                            .map(request -> List.<@Nullable Object>of(model, request))
                            .toList());
            transaction.batch("""
                    INSERT INTO truth_conflict (model, request, labels, received) VALUES (?, ?, ?, ?)
                    ON CONFLICT (model, request, labels) DO NOTHING
                    """, sorting.conflicts);
            if (!sorting.repeated.isEmpty()) {
                transaction.update("""
                        INSERT INTO truth_repeat (model, repeated) VALUES (?, ?)
                        ON CONFLICT (model) DO UPDATE SET repeated = truth_repeat.repeated + excluded.repeated
                        """, model, sorting.repeated.size());
            }
            return new AddedTruths(sorting.added, sorting.repeated, sorting.conflicting, sorting.replaced);
        });
    }

    private static Map<String, String> standing(Transaction transaction, String model, Collection<Truth> truths)
            throws SQLException {
        Map<String, String> standing = new HashMap<>();
        List<String> ids = truths.stream().map(Truth::request).toList();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            List<Object> parameters = new ArrayList<>(List.of(model));
            parameters.addAll(chunk);
            List<String[]> rows = transaction.list(
                    "SELECT request, labels FROM truth WHERE model = ? AND request IN (%s)"
                            .formatted(String.join(", ", Collections.nCopies(chunk.size(), "?"))),
                    row -> new String[] {row.getString(1), String.valueOf(row.getString(2))},
                    parameters.toArray());
            rows.forEach(row -> standing.put(row[0], row[1]));
        }
        return standing;
    }

    @Override
    public Map<String, Truth> standing(String model, Collection<String> requests) {
        List<String> ids = List.copyOf(requests);
        Map<String, Truth> standing = new HashMap<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            List<Object> parameters = new ArrayList<>(List.of(model));
            parameters.addAll(chunk);
            truths(
                            "SELECT request, labels, source, received FROM truth WHERE model = ? AND request IN (%s)"
                                    .formatted(String.join(", ", Collections.nCopies(chunk.size(), "?"))),
                            parameters.toArray())
                    .forEach(truth -> standing.put(truth.request(), truth));
        }
        return standing;
    }

    /** Sorts truths by what stands already. */
    private static final class Sorting {

        private final String model;
        private final Map<String, String> standing;
        private final boolean replace;
        private final List<String> added = new ArrayList<>();
        private final List<String> repeated = new ArrayList<>();
        private final List<String> conflicting = new ArrayList<>();
        private final List<String> replaced = new ArrayList<>();
        private final List<List<@Nullable Object>> inserted = new ArrayList<>();
        private final List<List<@Nullable Object>> updated = new ArrayList<>();
        private final List<List<@Nullable Object>> conflicts = new ArrayList<>();

        Sorting(String model, Map<String, String> standing, boolean replace) {
            this.model = model;
            this.standing = standing;
            this.replace = replace;
        }

        void sort(Truth truth) {
            String labels = truth.labels().json();
            String before = standing.get(truth.request());
            long received = Micros.of(truth.received());
            String source = truth.source().name();
            if (before == null) {
                added.add(truth.request());
                inserted.add(List.of(model, truth.request(), labels, source, received));
            } else if (before.equals(labels)) {
                repeated.add(truth.request());
            } else if (replace) {
                replaced.add(truth.request());
                updated.add(List.of(labels, source, received, model, truth.request()));
            } else {
                conflicting.add(truth.request());
                conflicts.add(List.of(model, truth.request(), labels, received));
            }
        }
    }

    @Override
    public void settle(String model, Collection<SettledTruth> settled) {
        if (settled.isEmpty()) {
            return;
        }
        List<List<@Nullable Object>> rows = new ArrayList<>(settled.size());
        for (SettledTruth one : settled) {
            List<@Nullable Object> row = new ArrayList<>(
                    List.of(model, one.request(), one.version(), one.contract(), Micros.of(one.predicted())));
            row.add(one.right().map(right -> right ? 1 : 0).orElse(null));
            rows.add(row);
        }
        database.write(transaction -> {
            transaction.batch("""
                    INSERT INTO truth_prediction (model, request, version, contract, predicted, is_right)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (model, request, version) DO NOTHING
                    """, rows);
            return rows.size();
        });
    }

    @Override
    public Map<String, Truth> waiting(String model) {
        return truths("""
                SELECT request, labels, source, received FROM truth t WHERE model = ? AND NOT EXISTS
                (SELECT 1 FROM truth_prediction p WHERE p.model = t.model AND p.request = t.request)
                """, model).stream().collect(Collectors.toMap(Truth::request, truth -> truth));
    }

    @Override
    public List<Truth> truths(String model, int version, Instant from, Instant to) {
        return truths("""
                SELECT t.request, t.labels, t.source, t.received FROM truth_prediction p
                JOIN truth t ON t.model = p.model AND t.request = p.request
                WHERE p.model = ? AND p.version = ? AND p.predicted >= ? AND p.predicted < ?
                ORDER BY t.received, t.request
                """, model, version, Micros.of(from), Micros.of(to));
    }

    private List<Truth> truths(String sql, Object... parameters) {
        return database.read(transaction ->
                transaction.readable(damage, SqlTruths::name, REMEDY, sql, SqlTruths::truth, parameters));
    }

    private static String name(ResultSet row) throws SQLException {
        return "The truth of request " + row.getString("request");
    }

    private static Truth truth(ResultSet row) throws SQLException {
        return new Truth(
                StoredColumn.text(row, "request"),
                StoredColumn.parsed(row, "labels", TrueLabels::ofJson),
                StoredColumn.parsed(row, "source", TruthSource::valueOf),
                StoredColumn.instant(row, "received"));
    }

    @Override
    public List<SettledTruth> settled(String model, int version, Instant from, Instant to) {
        return database.read(transaction -> transaction.readable(
                damage,
                SqlTruths::name,
                REMEDY,
                """
                SELECT p.request, p.version, p.contract, p.predicted, p.is_right FROM truth_prediction p
                JOIN truth t ON t.model = p.model AND t.request = p.request
                WHERE p.model = ? AND p.version = ? AND p.predicted >= ? AND p.predicted < ?
                ORDER BY t.received, t.request
                """,
                row -> new SettledTruth(
                        StoredColumn.text(row, "request"),
                        (int) StoredColumn.whole(row, "version"),
                        StoredColumn.text(row, "contract"),
                        StoredColumn.instant(row, "predicted"),
                        StoredColumn.optionalWhole(row, "is_right").map(right -> right == 1)),
                model,
                version,
                Micros.of(from),
                Micros.of(to)));
    }

    @Override
    public List<TruthConflict> conflicts(String model, int limit) {
        return database.read(transaction -> transaction.readable(
                damage,
                SqlTruths::name,
                "It is not listed.",
                """
                SELECT c.request, t.labels AS stands, c.labels AS refused, c.received FROM truth_conflict c
                JOIN truth t ON t.model = c.model AND t.request = c.request
                WHERE c.model = ? ORDER BY c.received DESC, c.request LIMIT ?
                """,
                row -> new TruthConflict(
                        StoredColumn.text(row, "request"),
                        StoredColumn.parsed(row, "stands", TrueLabels::ofJson),
                        StoredColumn.parsed(row, "refused", TrueLabels::ofJson),
                        StoredColumn.instant(row, "received")),
                model,
                limit));
    }

    @Override
    public TruthCounts counts(String model) {
        return database.read(transaction -> {
            long stored = transaction.number("SELECT count(*) FROM truth WHERE model = ?", model);
            long waiting = transaction.number("""
                    SELECT count(*) FROM truth t WHERE model = ? AND NOT EXISTS
                    (SELECT 1 FROM truth_prediction p WHERE p.model = t.model AND p.request = t.request)
                    """, model);
            long conflicting = transaction.number("SELECT count(*) FROM truth_conflict WHERE model = ?", model);
            Optional<Long> repeated = transaction
                    .readable(
                            damage,
                            row -> "The count of repeated truths of " + model,
                            "It counts as 0.",
                            "SELECT repeated FROM truth_repeat WHERE model = ?",
                            row -> StoredColumn.whole(row, "repeated"),
                            model)
                    .stream()
                    .findFirst();
            return new TruthCounts(stored, stored - waiting, waiting, conflicting, repeated.orElse(0L), 0);
        });
    }
}
