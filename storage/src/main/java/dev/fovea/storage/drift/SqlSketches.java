package dev.fovea.storage.drift;

import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.registry.VersionId;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sketches of all servers in the database. A damaged row is left out and reported. */
public final class SqlSketches implements SketchStore {

    private static final String ROLLED_UP = "";
    private static final String INSERT = """
            INSERT INTO traffic_sketch (model, version, started, server, minutes, sketch)
            SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (
                SELECT 1 FROM deleted_version WHERE model = ? AND number = ?)
            ON CONFLICT (model, version, started, server) DO NOTHING
            """;

    private final Database database;
    private final Damage damage;

    public SqlSketches(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void save(String server, List<StoredSketch> sketches) {
        int _ = database.write(transaction -> {
            for (StoredSketch sketch : sketches) {
                insert(transaction, server, sketch);
            }
            return sketches.size();
        });
    }

    private static void insert(Transaction transaction, String server, StoredSketch sketch) throws SQLException {
        String model = sketch.version().model();
        int version = sketch.version().version();
        transaction.update(
                INSERT,
                model,
                version,
                micros(sketch.start()),
                server,
                sketch.minutes(),
                sketch.bytes(),
                model,
                version);
    }

    @Override
    public List<StoredSketch> sketches(VersionId version, Instant from, Instant until) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "A sketch of the traffic of %s:%s".formatted(row.getString("model"), row.getString("version")),
                "It does not count; no action is needed.",
                """
                SELECT model, version, started, minutes, sketch FROM traffic_sketch
                WHERE model = ? AND version = ? AND started >= ? AND started < ? ORDER BY started, server
                """,
                SqlSketches::stored,
                version.model(),
                version.version(),
                micros(from),
                micros(until)));
    }

    private static StoredSketch stored(ResultSet row) throws SQLException {
        return new StoredSketch(
                version(row),
                StoredColumn.instant(row, "started"),
                StoredColumn.small(row, "minutes"),
                StoredColumn.bytes(row, row.findColumn("sketch")));
    }

    @Override
    public Set<VersionId> versions(Instant from) {
        return new LinkedHashSet<>(database.read(transaction -> transaction.list(
                "SELECT DISTINCT model, version FROM traffic_sketch WHERE started >= ? ORDER BY model, version",
                SqlSketches::version,
                micros(from))));
    }

    @Override
    public void rollUp(VersionId version, Instant from, Instant until, StoredSketch whole) {
        int _ = database.write(transaction -> {
            transaction.update(
                    "DELETE FROM traffic_sketch WHERE model = ? AND version = ? AND started >= ? AND started < ?",
                    version.model(),
                    version.version(),
                    micros(from),
                    micros(until));
            insert(transaction, ROLLED_UP, whole);
            return 1;
        });
    }

    @Override
    public void removeBefore(Instant moment) {
        int _ = database.write(
                transaction -> transaction.update("DELETE FROM traffic_sketch WHERE started < ?", micros(moment)));
    }

    private static VersionId version(ResultSet row) throws SQLException {
        return new VersionId(StoredColumn.text(row, "model"), StoredColumn.small(row, "version"));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
