package dev.fovea.storage.traffic;

import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.traffic.PartFiles.Part;
import dev.fovea.storage.traffic.PartReader.PartList;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.values.FilterValue;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.duckdb.DuckDBConnection;

/**
 * Reads the log: Parquet files and the segments of all processes that are not among them yet, by SQL. Segments of a
 * server with a home of its own are seen when they are in Parquet files, a minute later. Thread-safe.
 */
final class TrafficReader implements AutoCloseable {

    private static final String RECENT = "recent";

    private final TrafficFiles files;
    private final DuckDb duck;
    private final PartReader parts;

    TrafficReader(TrafficFiles files) {
        this.files = files;
        Path scratch = files.workspace().next();
        this.duck = new DuckDb(scratch);
        this.parts = new PartReader(files.parts(), files.folder());
    }

    /** The days of a query; both may be empty days. */
    record Span(Instant from, Instant to) {
        private boolean has(LocalDate day) {
            return !day.isBefore(LocalDate.ofInstant(from, ZoneOffset.UTC))
                    && !day.isAfter(LocalDate.ofInstant(to, ZoneOffset.UTC));
        }
    }

    /** A query with the connection that it runs on. */
    interface Reading<T> {
        /** @param source a table expression with at least the rows of the model and the days */
        T run(DuckDBConnection connection, String source) throws SQLException;
    }

    DuckDb duck() {
        return duck;
    }

    PartReader parts() {
        return parts;
    }

    /** Runs a query, which reads its result before it returns; the errors of {@link PartReader#query}. */
    <T> T query(String model, Span span, Reading<T> query) {
        try (DuckDBConnection connection = duck.connect()) {
            return query(connection, model, span, query);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The same on a connection that the caller closes. */
    private <T> T query(DuckDBConnection connection, String model, Span span, Reading<T> query) {
        List<LoggedPrediction> recent = new ArrayList<>();
        return parts.query(
                connection,
                listing(connection, model, span, recent),
                source -> query.run(connection, withRecent(source, recent)));
    }

    /** Lists the files of a query, and makes a table of the rows that are in none of them yet. */
    private PartList listing(DuckDBConnection connection, String model, Span span, List<LoggedPrediction> recent) {
        return () -> {
            recent.clear();
            List<Part> listed = listed(model, span, recent);
            if (!recent.isEmpty()) {
                ParquetTable.fill(connection, RECENT, recent);
            }
            return listed;
        };
    }

    private static String withRecent(String source, List<LoggedPrediction> recent) {
        return recent.isEmpty()
                ? source
                : "(SELECT * FROM %s UNION ALL BY NAME SELECT * FROM %s)".formatted(source, RECENT);
    }

    /**
     * Figures of the rows of a filter, from the metadata of the files that have them there.
     *
     * @param counted counts the filter's rows of a source, of the other files
     */
    TrafficTally tally(TrafficFilter filter, Reading<TrafficTally> counted) {
        List<FilterValue> wanted = FilterValue.of(filter);
        List<LoggedPrediction> recent = new ArrayList<>();
        try (DuckDBConnection connection = duck.connect()) {
            PartList list = listing(connection, filter.model(), new Span(filter.from(), filter.to()), recent);
            return parts.queryParts(connection, list, listed -> {
                TrafficTally sum = new TrafficTally();
                List<Part> unknown = new PartTallies(parts).addWhole(connection, listed, filter, wanted, sum);
                TrafficTally versions = sum.within(filter);
                if (!unknown.isEmpty() || !recent.isEmpty()) {
                    versions.add(counted.run(connection, withRecent(parts.source(unknown), recent)));
                }
                return versions;
            });
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Figures of a model in a time, without reading the rows of Parquet files that have their figures. */
    TrafficTally tally(String model, Span span) {
        try (DuckDBConnection connection = duck.connect()) {
            List<LoggedPrediction> recent = new ArrayList<>();
            TrafficTally tally = new PartTallies(parts).sum(connection, () -> {
                recent.clear();
                return listed(model, span, recent);
            });
            recent.forEach(tally::add);
            return tally;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The files of a query, and the rows that are in none of them yet. */
    private List<Part> listed(String model, Span span, List<LoggedPrediction> recent) {
        Map<String, List<LoggedPrediction>> segments = segments();
        List<Part> listed = files.parts().list(model).stream()
                .filter(part -> span.has(part.name().day()))
                .toList();
        Set<String> written = listed.stream().map(part -> part.name().id()).collect(Collectors.toSet());
        segments.entrySet().stream()
                .filter(segment -> !written.contains(segment.getKey()))
                .flatMap(segment -> segment.getValue().stream())
                .filter(row -> row.version().model().equals(model))
                .forEach(recent::add);
        return listed;
    }

    /** Rows that are in no Parquet file yet, by the id of the file they will be in. */
    private Map<String, List<LoggedPrediction>> segments() {
        Map<String, List<LoggedPrediction>> rows = new HashMap<>();
        try {
            for (Path folder : files.segments().all()) {
                for (Path segment : Segments.in(folder)) {
                    add(segment, rows);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of("Reading the prediction log", files.folder(), e);
        }
        return rows;
    }

    private static void add(Path segment, Map<String, List<LoggedPrediction>> rows) throws IOException {
        try {
            rows.put(partId(segment), Segments.read(segment).rows());
        } catch (NoSuchFileException e) {
            // it became a Parquet file
        }
    }

    /** The id of the Parquet files of a segment. */
    static String partId(Path segment) {
        String file = segment.getFileName().toString();
        return segment.resolveSibling("").getFileName() + "-" + file.substring(0, file.indexOf('.'));
    }

    /** See {@link dev.fovea.traffic.TrafficLog#read}. Days are read one after the other. */
    Stream<LoggedPrediction> read(String model, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return Stream.empty();
        }
        Set<LocalDate> days = files.parts().list(model).stream()
                .map(part -> part.name().day())
                .collect(Collectors.toSet());
        segments().values().stream()
                .flatMap(List::stream)
                .filter(row -> row.version().model().equals(model))
                .forEach(row -> days.add(LocalDate.ofInstant(row.time(), ZoneOffset.UTC)));
        return days.stream().sorted().flatMap(day -> {
            Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant end = start.plus(1, ChronoUnit.DAYS);
            Instant first = start.isBefore(from) ? from : start;
            Instant last = end.isAfter(to) ? to : end;
            return first.isBefore(last) ? day(model, new Span(first, last)) : Stream.empty();
        });
    }

    private Stream<LoggedPrediction> day(String model, Span span) {
        DuckDBConnection connection = duck.connect();
        try {
            PreparedStatement[] statement = new PreparedStatement[1];
            ResultSet rows = query(connection, model, span, (on, source) -> {
                statement[0] = on.prepareStatement(
                        "SELECT %s FROM %s WHERE model = ? AND version IS NOT NULL AND time >= make_timestamptz(?) AND time < make_timestamptz(?) ORDER BY time, request_id"
                                .formatted(ParquetTable.READABLE, source));
                statement[0].setString(1, model);
                statement[0].setLong(2, ChronoUnit.MICROS.between(Instant.EPOCH, span.from()));
                statement[0].setLong(3, ChronoUnit.MICROS.between(Instant.EPOCH, span.to()));
                return statement[0].executeQuery();
            });
            return StreamSupport.stream(new Rows(model, rows), false).onClose(() -> close(connection));
        } catch (FoveaException e) {
            close(connection);
            throw e;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(TrafficReader.class.getName())
                    .log(System.Logger.Level.DEBUG, "A connection of DuckDB did not close", e);
        }
    }

    private static FoveaException failed(SQLException e) {
        return StorageFailure.of("Reading the prediction log", Path.of("traffic"), e);
    }

    /** The rows of a result. */
    private static final class Rows extends Spliterators.AbstractSpliterator<LoggedPrediction> {
        private final String model;
        private final ResultSet rows;

        Rows(String model, ResultSet rows) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.model = model;
            this.rows = rows;
        }

        @Override
        public boolean tryAdvance(Consumer<? super LoggedPrediction> action) {
            try {
                if (!rows.next()) {
                    return false;
                }
                action.accept(ParquetRows.read(model, rows));
                return true;
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    @Override
    public void close() {
        duck.close();
    }
}
