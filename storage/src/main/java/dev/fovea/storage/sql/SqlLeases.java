package dev.fovea.storage.sql;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.leases.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Leases in the database. A holder counts its duration from before its write, and a challenger from after its read, so
 * that the holder stops first. Thread-safe; the lock guards what this process holds and watches.
 */
public final class SqlLeases implements Leases {

    private static final System.Logger LOG = System.getLogger(SqlLeases.class.getName());
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** The duration of a lease that was given back. Its row stays, so that no beat of one owner comes twice. */
    private static final long RELEASED = 0;

    private final Database database;
    private final String owner;
    private final LongSupplier nanos;
    private final Map<String, Held> held = new HashMap<>();
    private final Map<String, Watched> watched = new HashMap<>();

    /**
     * Leases of one process.
     *
     * @param owner a name that no other process has
     * @param nanos a monotonic clock
     */
    public SqlLeases(Database database, String owner, LongSupplier nanos) {
        this.database = database;
        this.owner = owner;
        this.nanos = nanos;
    }

    /** Held since a time of {@link #nanos}, for a duration. */
    private record Held(long since, long duration) {}

    private record Row(String owner, long beat, long duration) {}

    /** A row of another process, and when it was first seen like that. */
    private record Watched(Row row, long since) {}

    @Override
    public synchronized boolean tryHold(String name, Duration duration) {
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A lease of %s for %s is not possible; give 1 ms to a day.".formatted(name, duration));
        }
        long now = nanos.getAsLong();
        Held mine = held.get(name);
        if (mine != null && now - mine.since() < mine.duration() / 2) {
            return true;
        }
        held.remove(name); // what fails below is not held
        Optional<Row> row = row(name);
        long seen = nanos.getAsLong();
        boolean mayTake = row.isEmpty() || isFree(row.get()) || unrenewed(name, row.get(), seen);
        boolean holds = mayTake && take(name, row, duration.toNanos());
        if (holds) {
            held.put(name, new Held(seen, duration.toNanos()));
            watched.remove(name);
        }
        return holds;
    }

    private boolean isFree(Row row) {
        return row.owner().equals(owner) || row.duration() == RELEASED;
    }

    /** Whether another process has not renewed its lease for its duration. */
    private boolean unrenewed(String name, Row row, long now) {
        Watched before = watched.get(name);
        if (before != null && before.row().equals(row)) {
            return now - before.since() >= row.duration();
        }
        watched.put(name, new Watched(row, now));
        return false;
    }

    /** Writes only where nobody has written since the row was read. */
    private boolean take(String name, Optional<Row> before, long duration) {
        int changed = database.write(transaction -> before.isEmpty()
                ? transaction.update("""
                        INSERT INTO lease (name, owner, beat, duration_nanos) VALUES (?, ?, 1, ?)
                        ON CONFLICT (name) DO NOTHING
                        """, name, owner, duration)
                : transaction.update(
                        """
                        UPDATE lease SET owner = ?, beat = beat + 1, duration_nanos = ?
                        WHERE name = ? AND owner = ? AND beat = ?
                        """,
                        owner,
                        duration,
                        name,
                        before.get().owner(),
                        before.get().beat()));
        return changed == 1;
    }

    /** A row that was damaged by hand counts as missing and is removed, so that work goes on. */
    private Optional<Row> row(String name) {
        try {
            return database.read(transaction -> transaction.first(
                    "SELECT owner, beat, duration_nanos FROM lease WHERE name = ?", SqlLeases::row, name));
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The lease of %s is damaged (%s) and is made anew; no action is needed."
                            .formatted(name, e.getMessage()));
            database.write(transaction -> transaction.update("DELETE FROM lease WHERE name = ?", name));
            return Optional.empty();
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Columns.text(row, "owner"),
                Columns.whole(row, "beat", Long.MIN_VALUE, Long.MAX_VALUE - 1),
                Columns.whole(row, "duration_nanos", 0, LONGEST.toNanos()));
    }

    @Override
    public synchronized void release(String name) {
        held.remove(name);
        database.write(transaction -> transaction.update(
                "UPDATE lease SET duration_nanos = ?, beat = beat + 1 WHERE name = ? AND owner = ?",
                RELEASED,
                name,
                owner));
    }
}
