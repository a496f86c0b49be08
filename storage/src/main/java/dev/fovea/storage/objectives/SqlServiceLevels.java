package dev.fovea.storage.objectives;

import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of service levels of all servers in the database. A damaged row is left out and reported. */
public final class SqlServiceLevels implements ServiceLevelStore {

    private static final String COLUMNS =
            "model, started, minutes, latencies, failures, rejected, fallbacks, cpu_nanos, remote_calls, remote_micros";
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final Database database;
    private final Damage damage;

    public SqlServiceLevels(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void add(String server, List<ModelSlot> slots) {
        int _ = database.write(transaction -> {
            for (ModelSlot slot : slots) {
                add(transaction, server, slot);
            }
            return slots.size();
        });
    }

    private void add(Transaction transaction, String server, ModelSlot added) throws SQLException {
        String model = added.model();
        ServiceSlot slot = added.slot();
        List<ModelSlot> stored = readable(
                transaction, "WHERE model = ? AND started = ? AND server = ?", model, micros(slot.start()), server);
        ServiceCounts counts = slot.counts();
        int minutes = slot.minutes();
        for (ModelSlot one : stored) {
            counts = counts.plus(one.slot().counts());
            minutes = Math.max(minutes, one.slot().minutes());
        }
        transaction.update(
                """
                INSERT INTO service_level (model, started, server, minutes, latencies, failures, rejected, fallbacks,
                    cpu_nanos, remote_calls, remote_micros)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM model WHERE name = ?)
                ON CONFLICT (model, started, server) DO UPDATE SET minutes = excluded.minutes,
                    latencies = excluded.latencies, failures = excluded.failures, rejected = excluded.rejected,
                    fallbacks = excluded.fallbacks, cpu_nanos = excluded.cpu_nanos,
                    remote_calls = excluded.remote_calls, remote_micros = excluded.remote_micros
                """,
                model,
                micros(slot.start()),
                server,
                minutes,
                counts.latencies().bytes(),
                counts.failures(),
                counts.rejected(),
                counts.fallbacks(),
                counts.use().cpuNanos(),
                counts.use().remoteCalls(),
                counts.use().remoteMicros(),
                model);
    }

    @Override
    public List<ServiceSlot> slots(String model, Instant from, Instant until) {
        return database
                .read(transaction -> readable(
                        transaction,
                        "WHERE model = ? AND started >= ? AND started < ? ORDER BY started, server",
                        model,
                        micros(from),
                        micros(until)))
                .stream()
                .map(ModelSlot::slot)
                .toList();
    }

    @Override
    public void rollUp(String server, Instant before) {
        long hour = micros(before) - Math.floorMod(micros(before), HOUR_MICROS);
        int _ = database.write(transaction -> {
            List<ModelSlot> slots = readable(
                    transaction,
                    "WHERE server = ? AND minutes < ? AND started < ? ORDER BY started, model",
                    server,
                    ServiceSlot.LONG,
                    hour);
            Map<HourKey, ServiceCounts> hours = new LinkedHashMap<>();
            for (ModelSlot slot : slots) {
                Instant start = slot.slot().start().truncatedTo(ChronoUnit.HOURS);
                hours.merge(new HourKey(slot.model(), start), slot.slot().counts(), ServiceCounts::plus);
            }
            transaction.update(
                    "DELETE FROM service_level WHERE server = ? AND minutes < ? AND started < ?",
                    server,
                    ServiceSlot.LONG,
                    hour);
            for (Map.Entry<HourKey, ServiceCounts> one : hours.entrySet()) {
                add(
                        transaction,
                        server,
                        new ModelSlot(
                                one.getKey().model(),
                                new ServiceSlot(one.getKey().start(), ServiceSlot.LONG, one.getValue())));
            }
            return slots.size();
        });
    }

    private record HourKey(String model, Instant start) {}

    @Override
    public void removeBefore(Instant moment) {
        int _ = database.write(
                transaction -> transaction.update("DELETE FROM service_level WHERE started < ?", micros(moment)));
    }

    private List<ModelSlot> readable(Transaction transaction, String where, Object... parameters) throws SQLException {
        return new ArrayList<>(transaction.readable(
                damage,
                row -> "A slot of the history of %s".formatted(row.getString("model")),
                "It does not count; no action is needed.",
                "SELECT %s FROM service_level %s".formatted(COLUMNS, where),
                SqlServiceLevels::slot,
                parameters));
    }

    private static ModelSlot slot(ResultSet row) throws SQLException {
        return new ModelSlot(
                StoredColumn.text(row, "model"),
                new ServiceSlot(StoredColumn.instant(row, "started"), StoredColumn.small(row, "minutes"), counts(row)));
    }

    private static ServiceCounts counts(ResultSet row) throws SQLException {
        return new ServiceCounts(
                LatencyHistogram.read(StoredColumn.bytes(row, row.findColumn("latencies"))),
                signed(row, "failures"),
                signed(row, "rejected"),
                signed(row, "fallbacks"),
                new ServiceUse(
                        StoredColumn.whole(row, "cpu_nanos"),
                        StoredColumn.whole(row, "remote_calls"),
                        StoredColumn.whole(row, "remote_micros")));
    }

    /** A failure that a fallback answered in the next slot is taken back there. */
    private static long signed(ResultSet row, String column) throws SQLException {
        return StoredColumn.whole(row, row.findColumn(column), -StoredColumn.LARGEST, StoredColumn.LARGEST);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
