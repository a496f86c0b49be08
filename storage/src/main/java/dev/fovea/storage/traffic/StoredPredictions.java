package dev.fovea.storage.traffic;

import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.truth.PredictionLookup;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Predictions of the log by request and by time, as any process of the home reads them. */
public final class StoredPredictions implements PredictionLookup, AutoCloseable {

    private static final String WANTED = "wanted";
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

    @Override
    public void between(String model, Instant from, Instant to, Consumer<LoggedPrediction> each) {
        try (Stream<LoggedPrediction> rows = reader.read(model, from, to)) {
            rows.forEach(each);
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
