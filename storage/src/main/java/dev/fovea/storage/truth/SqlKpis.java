package dev.fovea.storage.truth;

import dev.fovea.registry.VersionId;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.traffic.truth.Kpi;
import dev.fovea.traffic.truth.KpiStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Business figures in the database. A damaged row is left out and reported. */
public final class SqlKpis implements KpiStore {

    private static final String REQUEST = "REQUEST";
    private static final String KEY = "KEY";
    private static final String REMEDY = "It does not count. Report it again with another time.";

    private final Database database;
    private final Damage damage;

    public SqlKpis(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public int add(String model, Collection<Kpi> kpis) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Kpi kpi : kpis) {
            List<@Nullable Object> row = new ArrayList<>(key(model, kpi));
            row.add(kpi.value());
            rows.add(row);
        }
        Map<String, Integer> names = new TreeMap<>();
        kpis.forEach(kpi -> names.merge(kpi.name(), 1, Integer::sum));
        return database.write(transaction -> {
            Map<String, Long> before = counts(transaction, model, names.keySet());
            transaction.batch("""
                    INSERT INTO kpi (model, name, kind, subject, happened, value) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (model, name, kind, subject, happened) DO NOTHING
                    """, rows);
            Map<String, Long> after = counts(transaction, model, names.keySet());
            int added = 0;
            for (Map.Entry<String, Integer> name : names.entrySet()) {
                long more = Objects.requireNonNull(after.get(name.getKey()))
                        - Objects.requireNonNull(before.get(name.getKey()));
                added += (int) more;
                repeated(transaction, model, name.getKey(), name.getValue() - more);
            }
            return added;
        });
    }

    private static Map<String, Long> counts(Transaction transaction, String model, Set<String> names)
            throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String name : names) {
            counts.put(name, transaction.number("SELECT count(*) FROM kpi WHERE model = ? AND name = ?", model, name));
        }
        return counts;
    }

    private static void repeated(Transaction transaction, String model, String name, long number) throws SQLException {
        if (number > 0) {
            transaction.update("""
                    INSERT INTO kpi_repeat (model, name, repeated) VALUES (?, ?, ?)
                    ON CONFLICT (model, name) DO UPDATE SET repeated = kpi_repeat.repeated + excluded.repeated
                    """, model, name, number);
        }
    }

    @Override
    public List<Kpi> waiting(String model, int limit) {
        return database.read(
                transaction -> transaction.readable(damage, SqlKpis::name, REMEDY, """
                SELECT name, kind, subject, happened, value FROM kpi WHERE model = ? AND version IS NULL
                ORDER BY happened DESC LIMIT ?
                """, SqlKpis::kpi, model, limit));
    }

    @Override
    public void join(String model, Collection<JoinedKpi> joined) {
        if (joined.isEmpty()) {
            return;
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JoinedKpi one : joined) {
            List<@Nullable Object> row = new ArrayList<>(List.of(one.version().version()));
            row.addAll(key(model, one.kpi()));
            rows.add(row);
        }
        database.write(transaction -> {
            transaction.batch("""
                    UPDATE kpi SET version = ? WHERE model = ? AND name = ? AND kind = ? AND subject = ? AND happened = ?
                    """, rows);
            return rows.size();
        });
    }

    @Override
    public List<JoinedKpi> joined(String model, Instant from, Instant to) {
        return database.read(transaction -> transaction.readable(
                damage,
                SqlKpis::name,
                REMEDY,
                """
                SELECT name, kind, subject, happened, value, version FROM kpi
                WHERE model = ? AND happened >= ? AND happened < ? AND version IS NOT NULL ORDER BY happened, subject
                """,
                row -> new JoinedKpi(kpi(row), new VersionId(model, StoredColumn.small(row, "version"))),
                model,
                Micros.of(from),
                Micros.of(to)));
    }

    @Override
    public long countWaiting(String model) {
        return database.read(transaction ->
                transaction.number("SELECT count(*) FROM kpi WHERE model = ? AND version IS NULL", model));
    }

    private static List<Object> key(String model, Kpi kpi) {
        return List.of(
                model,
                kpi.name(),
                kpi.request().isPresent() ? REQUEST : KEY,
                kpi.request().or(kpi::key).orElseThrow(),
                Micros.of(kpi.time()));
    }

    private static String name(ResultSet row) throws SQLException {
        return "The figure %s of %s".formatted(row.getString("name"), row.getString("subject"));
    }

    private static Kpi kpi(ResultSet row) throws SQLException {
        boolean ofRequest = StoredColumn.parsed(row, "kind", SqlKpis::isRequest);
        Optional<String> subject = Optional.of(StoredColumn.text(row, "subject"));
        return new Kpi(
                ofRequest ? subject : Optional.empty(),
                ofRequest ? Optional.empty() : subject,
                StoredColumn.text(row, "name"),
                StoredColumn.number(row, "value"),
                StoredColumn.instant(row, "happened"));
    }

    private static boolean isRequest(String kind) {
        if (!kind.equals(REQUEST) && !kind.equals(KEY)) {
            throw new IllegalArgumentException("it is \"%s\"".formatted(kind));
        }
        return kind.equals(REQUEST);
    }
}
