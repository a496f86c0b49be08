package dev.fovea.storage;

import dev.fovea.pipeline.Job;
import dev.fovea.pipeline.JobOwner;
import dev.fovea.pipeline.JobState;
import dev.fovea.pipeline.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The journal on SQL. */
final class SqlJobStore implements JobStore {

    private static final String SELECT =
            "SELECT id, kind, subject, state, started, ended, message, host, pid, process_started FROM job ";

    private final Database database;

    SqlJobStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Job job) {
        Row row = Row.of(job.state());
        database.write(handle -> handle.createUpdate(
                        """
                        INSERT INTO job (id, kind, subject, state, started, ended, message, host, pid, process_started)
                        VALUES (:id, :kind, :subject, :state, :started, :ended, :message, :host, :pid, :processStarted)
                        """)
                .bind("id", job.id())
                .bind("kind", job.kind())
                .bind("subject", job.subject())
                .bind("state", row.state())
                .bind("started", Columns.micros(job.started()))
                .bind("ended", row.ended().map(Columns::micros))
                .bind("message", row.message())
                .bind("host", job.owner().host())
                .bind("pid", job.owner().pid())
                .bind("processStarted", job.owner().started())
                .execute());
    }

    @Override
    public boolean end(String id, JobState state) {
        Row row = Row.of(state);
        return database.write(handle -> handle.createUpdate(
                                """
                                UPDATE job SET state = :state, ended = :ended, message = :message
                                WHERE id = :id AND state = 'RUNNING'
                                """)
                        .bind("id", id)
                        .bind("state", row.state())
                        .bind("ended", row.ended().map(Columns::micros))
                        .bind("message", row.message())
                        .execute()
                == 1);
    }

    @Override
    public List<Job> running() {
        return database.read(handle -> handle.createQuery(SELECT + "WHERE state = 'RUNNING' ORDER BY id")
                .map((row, context) -> job(row))
                .list());
    }

    @Override
    public List<Job> recent(int limit) {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> job(row))
                .list());
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                row.getString("subject"),
                state(row),
                Columns.instant(row.getLong("started")),
                new JobOwner(row.getString("host"), row.getLong("pid"), row.getLong("process_started")));
    }

    private static JobState state(ResultSet row) throws SQLException {
        Instant ended = Columns.instant(row.getLong("ended"));
        String message = row.getString("message");
        String state = row.getString("state");
        return switch (state) {
            case "RUNNING" -> new JobState.Running();
            case "DONE" -> new JobState.Done(ended, message);
            case "FAILED" -> new JobState.Failed(ended, message);
            case "CUT_OFF" -> new JobState.CutOff(ended, message);
            default -> throw new SQLException("a job's state is \"%s\"".formatted(state));
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
