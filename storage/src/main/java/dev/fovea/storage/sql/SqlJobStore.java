package dev.fovea.storage.sql;

import dev.fovea.pipeline.jobs.Job;
import dev.fovea.pipeline.jobs.JobOwner;
import dev.fovea.pipeline.jobs.JobState;
import dev.fovea.pipeline.jobs.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The journal on SQL. */
public final class SqlJobStore implements JobStore {

    private static final String SELECT =
            "SELECT id, kind, subject, state, started, ended, message, host, pid, process_started FROM job ";

    private static final String MEND = "The job is left out of lists; what it made is not touched.";

    private final Database database;
    private final Damage damage;

    public SqlJobStore(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void add(Job job) {
        Row row = Row.of(job.state());
        database.write(transaction -> transaction.update(
                """
                INSERT INTO job (id, kind, subject, state, started, ended, message, host, pid, process_started)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                job.id(),
                job.kind(),
                job.subject(),
                row.state(),
                Columns.micros(job.started()),
                row.ended().map(Columns::micros),
                row.message(),
                job.owner().host(),
                job.owner().pid(),
                job.owner().started()));
    }

    @Override
    public boolean end(String id, JobState state) {
        Row row = Row.of(state);
        int changed = database.write(transaction -> transaction.update(
                "UPDATE job SET state = ?, ended = ?, message = ? WHERE id = ? AND state = 'RUNNING'",
                row.state(),
                row.ended().map(Columns::micros),
                row.message(),
                id));
        return changed == 1;
    }

    @Override
    public List<Job> running() {
        return readable("WHERE state = 'RUNNING' ORDER BY id");
    }

    @Override
    public List<Job> recent(int limit) {
        return readable("ORDER BY id DESC LIMIT ?", limit);
    }

    private List<Job> readable(String which, Object... parameters) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "Job %s".formatted(row.getString("id")),
                MEND,
                SELECT + which,
                SqlJobStore::job,
                parameters));
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                Columns.text(row, "id"),
                Columns.text(row, "kind"),
                Columns.text(row, "subject"),
                state(row),
                Columns.instant(row, "started"),
                new JobOwner(
                        Columns.text(row, "host"),
                        Columns.whole(row, "pid", 0, Long.MAX_VALUE),
                        Columns.whole(row, "process_started", Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    private static JobState state(ResultSet row) throws SQLException {
        String message = Columns.text(row, "message");
        String state = Columns.text(row, "state");
        return switch (state) {
            case "RUNNING" -> new JobState.Running();
            case "DONE" -> new JobState.Done(Columns.instant(row, "ended"), message);
            case "FAILED" -> new JobState.Failed(Columns.instant(row, "ended"), message);
            case "CUT_OFF" -> new JobState.CutOff(Columns.instant(row, "ended"), message);
            default -> throw new IllegalArgumentException("a job's state is \"%s\"".formatted(state));
        };
    }

    /** A state as columns. */
    private record Row(String state, Optional<Instant> ended, String message) {
        static Row of(JobState state) {
            return switch (state) {
                case JobState.Running() -> new Row("RUNNING", Optional.empty(), "");
                case JobState.Done(Instant ended, String message) -> new Row("DONE", Optional.of(ended), message);
                case JobState.Failed(Instant ended, String message) -> new Row("FAILED", Optional.of(ended), message);
                case JobState.CutOff(Instant ended, String message) -> new Row("CUT_OFF", Optional.of(ended), message);
            };
        }
    }
}
