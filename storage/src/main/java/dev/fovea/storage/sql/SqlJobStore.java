package dev.fovea.storage.sql;

import dev.fovea.fault.ErrorCode;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.queue.JobOwner;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.JobStep;
import dev.fovea.pipeline.queue.JobStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jobs on SQL. Each change names its initial state, so that only one of several processes makes it. */
public final class SqlJobStore implements JobStore {

    private static final String SELECT = """
            SELECT id, request, state, created, started, ended, step, fraction, detail, cancel_requested, lease,
                host, pid, process_started, result, code, message FROM job\s""";

    private static final String REMEDY = "The job is left out of lists; its results are not affected.";

    private final Database database;
    private final Damage damage;

    public SqlJobStore(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void add(Job job) {
        Optional<JobState.Running> running =
                job.state() instanceof JobState.Running known ? Optional.of(known) : Optional.empty();
        database.write(transaction -> transaction.update(
                """
                INSERT INTO job (id, request, state, created, started, step, fraction, detail, cancel_requested, lease,
                    host, pid, process_started, message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, '')
                """,
                job.id(),
                JobJson.write(job.request()),
                name(job.state()),
                Columns.micros(job.times().created()),
                job.times().started().map(Columns::micros),
                job.step().name(),
                job.step().fraction(),
                job.step().detail(),
                running.map(now -> Columns.micros(now.lease())),
                running.map(now -> now.owner().host()),
                running.map(now -> now.owner().pid()),
                running.map(now -> now.owner().started())));
    }

    @Override
    public Optional<Job> find(String id) {
        return readable("WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<String> report(String id) {
        return database.read(transaction -> transaction
                .first("SELECT report FROM job WHERE id = ?", row -> Optional.ofNullable(row.getString("report")), id)
                .orElse(Optional.empty()));
    }

    @Override
    public List<Job> open() {
        return readable("WHERE state IN ('QUEUED', 'RUNNING') ORDER BY id");
    }

    @Override
    public List<Job> recent(int limit) {
        return readable("ORDER BY id DESC LIMIT ?", limit);
    }

    @Override
    public Optional<Job> claim(JobState.Running running, Instant started) {
        for (Job job : readable("WHERE state = 'QUEUED' ORDER BY id")) {
            int changed = database.write(transaction -> transaction.update(
                    """
                    UPDATE job SET state = 'RUNNING', started = ?, lease = ?, host = ?, pid = ?, process_started = ?
                    WHERE id = ? AND state = 'QUEUED'
                    """,
                    Columns.micros(started),
                    Columns.micros(running.lease()),
                    running.owner().host(),
                    running.owner().pid(),
                    running.owner().started(),
                    job.id()));
            if (changed == 1) {
                return find(job.id());
            }
        }
        return Optional.empty();
    }

    @Override
    public Renewal renew(String id, JobState.Running running, JobStep step) {
        int changed = database.write(transaction -> transaction.update(
                """
                UPDATE job SET step = ?, fraction = ?, detail = ?, lease = ?
                WHERE id = ? AND state = 'RUNNING' AND host = ? AND pid = ? AND process_started = ?
                """,
                step.name(),
                step.fraction(),
                step.detail(),
                Columns.micros(running.lease()),
                id,
                running.owner().host(),
                running.owner().pid(),
                running.owner().started()));
        boolean cancelled = database.read(transaction ->
                transaction.number("SELECT count(*) FROM job WHERE id = ? AND cancel_requested = 1", id) == 1);
        return changed == 0 ? Renewal.LOST : cancelled ? Renewal.CANCEL_REQUESTED : Renewal.KEPT;
    }

    @Override
    public boolean cancel(String id, Instant now) {
        return database.write(transaction -> transaction.update(
                                "UPDATE job SET state = 'CANCELLED', ended = ? WHERE id = ? AND state = 'QUEUED'",
                                Columns.micros(now),
                                id)
                        + transaction.update(
                                "UPDATE job SET cancel_requested = 1 WHERE id = ? AND state = 'RUNNING'", id))
                == 1;
    }

    @Override
    public boolean end(String id, JobState state, Instant ended, Optional<String> report) {
        Optional<JobState.Failed> failed =
                state instanceof JobState.Failed known ? Optional.of(known) : Optional.empty();
        Optional<String> result =
                state instanceof JobState.Done(var made) ? Optional.of(JobJson.write(made)) : Optional.empty();
        int changed = database.write(transaction -> transaction.update(
                """
                UPDATE job SET state = ?, ended = ?, result = ?, report = ?, code = ?, message = ?
                WHERE id = ? AND state = 'RUNNING'
                """,
                name(state),
                Columns.micros(ended),
                result,
                report,
                failed.map(why -> why.code().name()),
                failed.map(JobState.Failed::message).orElse(""),
                id));
        return changed == 1;
    }

    @Override
    public boolean requeue(String id) {
        return database.write(transaction -> transaction.update("""
                UPDATE job SET state = 'QUEUED', started = NULL, lease = NULL, host = NULL, pid = NULL,
                    process_started = NULL, step = '', fraction = 0, detail = ''
                WHERE id = ? AND state = 'RUNNING' AND cancel_requested = 0
                """, id) == 1);
    }

    @Override
    public void prune(int max) {
        database.write(transaction -> transaction.update("""
                DELETE FROM job WHERE state NOT IN ('QUEUED', 'RUNNING')
                AND id NOT IN (SELECT id FROM job ORDER BY id DESC LIMIT ?)
                """, max));
    }

    private List<Job> readable(String which, Object... parameters) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "Job %s".formatted(row.getString("id")),
                REMEDY,
                SELECT + which,
                SqlJobStore::job,
                parameters));
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                Columns.text(row, "id"),
                JobJson.request(Columns.text(row, "request")),
                new Job.Times(Columns.instant(row, "created"), time(row, "started"), time(row, "ended")),
                state(row),
                new JobStep(
                        Columns.text(row, "step"), Columns.number(row, "fraction", 0, 1), Columns.text(row, "detail")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(Columns.instant(row, column));
    }

    private static JobState state(ResultSet row) throws SQLException {
        String state = Columns.text(row, "state");
        return switch (state) {
            case "QUEUED" -> new JobState.Queued();
            case "RUNNING" ->
                new JobState.Running(
                        new JobOwner(
                                Columns.text(row, "host"),
                                Columns.whole(row, "pid", 0, Long.MAX_VALUE),
                                Columns.whole(row, "process_started", Long.MIN_VALUE, Long.MAX_VALUE)),
                        Columns.instant(row, "lease"),
                        Columns.whole(row, "cancel_requested", 0, 1) == 1);
            case "DONE" -> new JobState.Done(JobJson.result(Columns.text(row, "result")));
            case "FAILED" ->
                new JobState.Failed(Columns.choice(row, "code", ErrorCode.class), Columns.text(row, "message"));
            case "CANCELLED" -> new JobState.Cancelled();
            case "INTERRUPTED" -> new JobState.Interrupted();
            default -> throw new IllegalArgumentException("a job's state is \"%s\"".formatted(state));
        };
    }

    private static String name(JobState state) {
        return switch (state) {
            case JobState.Queued() -> "QUEUED";
            case JobState.Running _ -> "RUNNING";
            case JobState.Done _ -> "DONE";
            case JobState.Failed _ -> "FAILED";
            case JobState.Cancelled() -> "CANCELLED";
            case JobState.Interrupted() -> "INTERRUPTED";
        };
    }
}
