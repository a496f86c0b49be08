package dev.fovea.storage.drift;

import dev.fovea.monitoring.drift.Acceptance;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftStore;
import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.drift.Rhythm;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The knowledge of drift detection in the database. A damaged row is left out and reported. */
public final class SqlDrift implements DriftStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final Damage damage;

    public SqlDrift(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public DriftSettings settings(String model) {
        return database.read(transaction -> transaction
                        .readable(
                                damage,
                                row -> "The drift settings of %s".formatted(model),
                                "The defaults hold. State them again.",
                                "SELECT days, rhythm FROM drift_setting WHERE model = ?",
                                row -> new DriftSettings(
                                        StoredColumn.number(row, "days"),
                                        StoredColumn.parsed(row, "rhythm", Rhythm::valueOf)),
                                model)
                        .stream()
                        .findFirst())
                .orElse(DriftSettings.DEFAULT);
    }

    @Override
    public void change(String model, DriftSettings settings) {
        int _ = database.write(transaction -> transaction.update(
                """
                INSERT INTO drift_setting (model, days, rhythm) VALUES (?, ?, ?)
                ON CONFLICT (model) DO UPDATE SET days = excluded.days, rhythm = excluded.rhythm
                """, model, settings.daysPerFalseAlarm(), settings.rhythm().name()));
    }

    @Override
    public Optional<Acceptance> acceptance(VersionId version) {
        return database.read(transaction -> transaction
                .readable(
                        damage,
                        row -> "The accepted traffic of %s:%d".formatted(version.model(), version.version()),
                        "It does not count. Accept it again.",
                        """
                        SELECT accepted_from, accepted_until, accepted_by FROM drift_acceptance
                        WHERE model = ? AND version = ?
                        """,
                        row -> new Acceptance(
                                StoredColumn.instant(row, "accepted_from"),
                                StoredColumn.instant(row, "accepted_until"),
                                StoredColumn.text(row, "accepted_by")),
                        version.model(),
                        version.version())
                .stream()
                .findFirst());
    }

    @Override
    public void accept(VersionId version, Acceptance acceptance) {
        int _ = database.write(transaction -> transaction.update(
                """
                INSERT INTO drift_acceptance (model, version, accepted_from, accepted_until, accepted_by)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (model, version) DO UPDATE SET accepted_from = excluded.accepted_from,
                    accepted_until = excluded.accepted_until, accepted_by = excluded.accepted_by
                """,
                version.model(),
                version.version(),
                micros(acceptance.from()),
                micros(acceptance.until()),
                acceptance.by()));
    }

    @Override
    public void append(VersionId version, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        int _ = database.write(transaction -> {
            for (Block block : blocks) {
                transaction.update(
                        """
                        INSERT INTO drift_block (model, version, started, ended, images, means)
                        SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (
                            SELECT 1 FROM deleted_version WHERE model = ? AND number = ?)
                        ON CONFLICT (model, version, started) DO NOTHING
                        """,
                        version.model(),
                        version.version(),
                        micros(block.start()),
                        micros(block.end()),
                        block.images(),
                        bytes(block.means()),
                        version.model(),
                        version.version());
            }
            return blocks.size();
        });
    }

    @Override
    public List<Block> blocks(VersionId version, Instant from) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "A block of the traffic of %s:%d".formatted(version.model(), version.version()),
                "It does not count; no action is needed.",
                """
                SELECT started, ended, images, means FROM drift_block
                WHERE model = ? AND version = ? AND started >= ? ORDER BY started
                """,
                SqlDrift::block,
                version.model(),
                version.version(),
                micros(from)));
    }

    private static Block block(ResultSet row) throws SQLException {
        return new Block(
                StoredColumn.instant(row, "started"),
                StoredColumn.instant(row, "ended"),
                StoredColumn.whole(row, "images"),
                means(StoredColumn.bytes(row, row.findColumn("means"))));
    }

    @Override
    public void report(DriftReport report) {
        int _ = database.write(transaction -> transaction.update(
                """
                INSERT INTO drift_report (model, version, report) SELECT ?, ?, ? WHERE NOT EXISTS (
                    SELECT 1 FROM deleted_version WHERE model = ? AND number = ?)
                ON CONFLICT (model, version) DO UPDATE SET report = excluded.report
                """,
                report.version().model(),
                report.version().version(),
                JSON.writeValueAsString(report),
                report.version().model(),
                report.version().version()));
    }

    @Override
    public List<DriftReport> reports(String model) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The drift report of %s".formatted(model),
                "It is made anew with the next traffic; no action is needed.",
                "SELECT report FROM drift_report WHERE model = ? ORDER BY version",
                row -> StoredColumn.parsed(row, "report", text -> JSON.readValue(text, DriftReport.class)),
                model));
    }

    private static byte[] bytes(double[] means) {
        ByteBuffer bytes = ByteBuffer.allocate(means.length * Double.BYTES);
        bytes.asDoubleBuffer().put(means);
        return bytes.array();
    }

    private static double[] means(byte[] bytes) {
        double[] means = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(means);
        return means;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
