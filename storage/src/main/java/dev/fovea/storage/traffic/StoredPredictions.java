package dev.fovea.storage.traffic;

import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.truth.PredictionLookup;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Predictions of the log by request and by time, as any process of the home reads them. */
public final class StoredPredictions implements PredictionLookup, AutoCloseable {

    private static final String WANTED = "wanted";
    private static final String IS_WANTED = "request_id IN (SELECT id FROM %s)".formatted(WANTED);

    /** Into how many parts a hash divides the rows. */
    private static final long PARTS = 1_000_000_000;

    private static final TrafficReader.Span ALL =
            new TrafficReader.Span(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));

    private final TrafficReader reader;

    StoredPredictions(TrafficReader reader) {
        this.reader = reader;
    }

    @Override
    public void find(String model, Set<String> requests, Consumer<LoggedPrediction> each) {
        find(model, requests, ALL, each);
    }

    /** The same of predictions since a time, which reads the days since then only. */
    public void find(String model, Set<String> requests, Instant from, Consumer<LoggedPrediction> each) {
        find(model, requests, new TrafficReader.Span(from, ALL.to()), each);
    }

    private void find(String model, Set<String> requests, TrafficReader.Span span, Consumer<LoggedPrediction> each) {
        var _ = reader.query(model, span, (connection, source) -> {
            fill(connection, requests);
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT %s FROM %s WHERE model = ? AND version IS NOT NULL AND request_id IN (SELECT id FROM %s)"
                            .formatted(ParquetTable.READABLE, source, WANTED))) {
                statement.setString(1, model);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.accept(ParquetRows.read(model, rows));
                    }
                }
            }
            return requests.size();
        });
    }

    /** How many keys, and requests without one, a model responded to itself; those of an experiment's units. */
    public long units(String model, Instant from, Instant to) {
        return reader.query(model, new TrafficReader.Span(from, to), (connection, source) -> {
            String sql = """
                    SELECT count(DISTINCT coalesce('k' || tags['key'], 'r' || request_id)) FROM %s
                    WHERE model = ? AND version IS NOT NULL AND lower(role) = 'requested'
                        AND epoch_us(time) >= ? AND epoch_us(time) < ?
                    """.formatted(source);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, model);
                statement.setLong(2, ChronoUnit.MICROS.between(Instant.EPOCH, from));
                statement.setLong(3, ChronoUnit.MICROS.between(Instant.EPOCH, to));
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            }
        });
    }

    private static void fill(DuckDBConnection connection, Set<String> requests) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE %s(id VARCHAR)".formatted(WANTED));
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", WANTED)) {
            for (String request : requests) {
                appender.beginRow();
                appender.append(request);
                appender.endRow();
            }
        }
    }

    /**
     * Rows are chosen by a hash of the request and the time before the others are decoded. A few more are given than
     * are wanted, so that hardly ever there are fewer.
     */
    @Override
    public SampledPredictions sample(WantedPredictions wanted, Consumer<LoggedPrediction> each) {
        String model = wanted.version().model();
        TrafficReader.Span span = new TrafficReader.Span(wanted.from(), wanted.to());
        return reader.query(model, span, (connection, source) -> {
            fill(connection, wanted.always());
            String of =
                    "FROM %s WHERE model = ? AND version = ? AND lower(role) = 'requested' AND epoch_us(time) >= ? AND epoch_us(time) < ?"
                            .formatted(source);
            long others = count(connection, of, wanted);
            String sql = "SELECT %s %s AND (%s OR hash(request_id, epoch_us(time)) %% %d < ?) ORDER BY time, request_id"
                    .formatted(ParquetTable.READABLE, of, IS_WANTED, PARTS);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                set(statement, wanted);
                statement.setLong(5, parts(wanted.others(), others));
                long given = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        LoggedPrediction row = ParquetRows.read(model, rows);
                        given += wanted.always().contains(row.request().id()) ? 0 : 1;
                        each.accept(row);
                    }
                }
                return new SampledPredictions(given, others);
            }
        });
    }

    private static long count(DuckDBConnection connection, String of, WantedPredictions wanted) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) %s AND NOT %s".formatted(of, IS_WANTED))) {
            set(statement, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static void set(PreparedStatement statement, WantedPredictions wanted) throws SQLException {
        statement.setString(1, wanted.version().model());
        statement.setInt(2, wanted.version().version());
        statement.setLong(3, micros(wanted.from()));
        statement.setLong(4, micros(wanted.to()));
    }

    /** Of {@link #PARTS}, the share of rows that is read: what is wanted and six standard errors of its number. */
    private static long parts(int wanted, long others) {
        double most = wanted + 6 * Math.sqrt(wanted) + 6;
        return others <= most ? PARTS : (long) Math.ceil(PARTS * (most / others));
    }

    @Override
    public List<Optional<VersionId>> lastOfKeys(String model, List<KeyAtTime> keys, Duration longest) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Instant first = keys.stream()
                .map(KeyAtTime::time)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = keys.stream()
                .map(KeyAtTime::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        TrafficReader.Span span = new TrafficReader.Span(first.minus(longest), last);
        return reader.query(model, span, (connection, source) -> {
            fillKeys(connection, keys);
            List<Optional<VersionId>> found = new ArrayList<>(Collections.nCopies(keys.size(), Optional.empty()));
            String sql = """
                    WITH answered AS (
                        SELECT coalesce(tags['key'], client) AS key, epoch_us(time) AS micros, version FROM %s
                        WHERE model = ? AND version IS NOT NULL AND lower(role) = 'requested' AND served_by IS NULL
                            AND epoch_us(time) >= ? AND epoch_us(time) <= ?
                            AND coalesce(tags['key'], client) IN (SELECT key FROM wanted_keys))
                    SELECT wanted.number, answered.version
                    FROM wanted_keys wanted ASOF JOIN answered ON wanted.key = answered.key AND wanted.micros >= answered.micros
                    WHERE answered.micros >= wanted.micros - ?
                    """.formatted(source);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, model);
                statement.setLong(2, micros(span.from()));
                statement.setLong(3, micros(last));
                statement.setLong(4, longest.toNanos() / 1_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.set(rows.getInt(1), Optional.of(new VersionId(model, rows.getInt(2))));
                    }
                }
            }
            return found;
        });
    }

    private static void fillKeys(DuckDBConnection connection, List<KeyAtTime> keys) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE wanted_keys(number INTEGER, key VARCHAR, micros BIGINT)");
        }
        try (DuckDBAppender appender = connection.createAppender("temp", "main", "wanted_keys")) {
            for (int i = 0; i < keys.size(); i++) {
                appender.beginRow();
                appender.append(i);
                appender.append(keys.get(i).key());
                appender.append(micros(keys.get(i).time()));
                appender.endRow();
            }
        }
    }

    /**
     * Writes the rows of a model from a time to before another to a Parquet file, in the order of their times, and
     * returns how many there are; those without a version, too.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}, as for a full disk
     */
    public long copy(String model, Instant from, Instant to, Path file) {
        return reader.query(model, new TrafficReader.Span(from, to), (connection, source) -> {
            String rows = "FROM %s WHERE model = %s AND time >= make_timestamptz(%d) AND time < make_timestamptz(%d)"
                    .formatted(source, DuckDb.quoted(model), micros(from), micros(to));
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "COPY (SELECT * %s ORDER BY time, request_id) TO %s (FORMAT parquet, COMPRESSION zstd)"
                                .formatted(rows, DuckDb.quoted(file.toString())));
                try (ResultSet count = statement.executeQuery("SELECT count(*) " + rows)) {
                    return count.next() ? count.getLong(1) : 0L;
                }
            }
        });
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    @Override
    public void close() {
        reader.close();
    }
}
