package dev.fovea.storage.run;

import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs on SQL, their curves in a column of their own. A damaged row is left out and reported. */
public final class SqlRuns implements RunStore {

    private static final String REMEDY = "It is left out of lists; the version is not affected.";

    private final Database database;
    private final Damage damage;

    public SqlRuns(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    private record Curves(List<MetricCurve> curves) {}

    @Override
    public void save(RunRecord run) {
        int _ = database.write(transaction -> transaction.update(
                """
                INSERT INTO training_run (id, model, version, job, document, curves) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET version = excluded.version, document = excluded.document,
                    curves = excluded.curves
                """,
                run.id(),
                run.subject().model(),
                run.subject().version(),
                run.subject().job(),
                JobJson.report(run.with(List.of())),
                JobJson.report(new Curves(run.curves()))));
    }

    @Override
    public Optional<RunRecord> find(String id) {
        return database
                .read(transaction -> readable(
                        transaction,
                        "SELECT id, document, curves FROM training_run WHERE id = ?",
                        row -> run(row).with(curves(row)),
                        id))
                .stream()
                .findFirst();
    }

    @Override
    public List<RunRecord> newest(RunFilter filter, int limit) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        filter.model().ifPresent(model -> {
            conditions.add("model = ?");
            parameters.add(model);
        });
        filter.job().ifPresent(job -> {
            conditions.add("job = ?");
            parameters.add(job);
        });
        parameters.add(limit);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return database.read(transaction -> readable(
                transaction,
                "SELECT id, document FROM training_run" + where + " ORDER BY id DESC LIMIT ?",
                SqlRuns::run,
                parameters.toArray()));
    }

    @Override
    public void prune(int max) {
        int _ = database.write(transaction -> transaction.update("""
                DELETE FROM training_run WHERE version IS NULL AND id NOT IN
                (SELECT id FROM training_run WHERE version IS NULL ORDER BY id DESC LIMIT ?)
                """, max));
    }

    private List<RunRecord> readable(
            Transaction transaction, String sql, Transaction.RowReader<RunRecord> reader, Object... parameters)
            throws SQLException {
        return transaction.readable(
                damage, row -> "Run %s".formatted(row.getString("id")), REMEDY, sql, reader, parameters);
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        return JobJson.read(StoredColumn.text(row, "document"), RunRecord.class);
    }

    private static List<MetricCurve> curves(ResultSet row) throws SQLException {
        return JobJson.read(StoredColumn.text(row, "curves"), Curves.class).curves();
    }
}
