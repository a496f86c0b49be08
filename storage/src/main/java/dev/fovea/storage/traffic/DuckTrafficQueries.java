package dev.fovea.storage.traffic;

import dev.fovea.storage.traffic.TrafficReader.Span;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficQueries;
import dev.fovea.traffic.TrafficTally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Queries on the log by SQL, with values as parameters. */
final class DuckTrafficQueries implements TrafficQueries {

    private final TrafficReader reader;
    private final boolean owned;

    /** @param owned whether the reader is closed with it */
    DuckTrafficQueries(TrafficReader reader, boolean owned) {
        this.reader = reader;
        this.owned = owned;
    }

    /** The condition of a filter, with its values in order. */
    private record Condition(String sql, List<Object> values) {

        static Condition of(TrafficFilter filter) {
            List<String> parts =
                    new ArrayList<>(List.of("model = ?", "time >= make_timestamptz(?)", "time < make_timestamptz(?)"));
            List<Object> values = new ArrayList<>(List.of(filter.model(), micros(filter.from()), micros(filter.to())));
            filter.version().ifPresent(version -> {
                parts.add("coalesce(version, 0) = ?");
                values.add(version);
            });
            filter.label().ifPresent(label -> {
                // as DuckDB skips parts of files by; a CASE it would compute for each row
                parts.add(
                        "((task = 'classification' AND label = ?) OR (task <> 'classification' AND list_contains(labels, ?)))");
                values.add(label);
                values.add(label);
            });
            filter.client().ifPresent(client -> {
                parts.add("client = ?");
                values.add(client);
            });
            filter.tags().forEach((name, value) -> {
                parts.add("tags[?] = ?");
                values.add(name);
                values.add(value);
            });
            return new Condition(String.join(" AND ", parts), values);
        }

        private static long micros(Instant time) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time);
        }

        Condition and(String more, Object value) {
            List<Object> all = new ArrayList<>(values);
            all.add(value);
            return new Condition(sql + " AND " + more, all);
        }
    }

    private static Span span(TrafficFilter filter) {
        return new Span(filter.from(), filter.to());
    }

    @Override
    public TrafficTally tally(TrafficFilter filter) {
        if (!filter.needsRows()) {
            return reader.tally(filter.model(), span(filter)).within(filter);
        }
        Condition where = Condition.of(filter);
        return reader.tally(filter, (connection, source) -> {
            TrafficTally tally = new TrafficTally();
            new RowTallies("FROM %s WHERE %s".formatted(source, where.sql()), where.values(), 1, "")
                    .count(connection, row -> tally);
            return tally;
        });
    }

    @Override
    public List<LoggedPrediction> newest(TrafficFilter filter, int limit, int skip) {
        if (skip > 0) {
            return rows(filter, Condition.of(filter), limit, skip);
        }
        List<LoggedPrediction> newest = new ArrayList<>();
        for (TrafficFilter part : newestFirst(filter)) {
            if (newest.size() < limit) {
                newest.addAll(rows(part, Condition.of(part), limit - newest.size(), 0));
            }
        }
        return newest;
    }

    /** The last day, the week before and the rest: mostly the last day has enough, and the others are not read. */
    private static List<TrafficFilter> newestFirst(TrafficFilter filter) {
        List<TrafficFilter> parts = new ArrayList<>();
        Instant end = filter.to();
        for (Duration length : List.of(Duration.ofDays(1), Duration.ofDays(7))) {
            Instant start = end.minus(length);
            if (!start.isAfter(filter.from())) {
                break;
            }
            parts.add(filter.during(start, end));
            end = start;
        }
        parts.add(filter.during(filter.from(), end));
        return parts;
    }

    @Override
    public List<LoggedPrediction> ofRequest(TrafficFilter filter, String requestId) {
        return rows(filter, Condition.of(filter).and("request_id = ?", requestId), Integer.MAX_VALUE, 0);
    }

    private List<LoggedPrediction> rows(TrafficFilter filter, Condition where, int limit, int skip) {
        return reader.query(filter.model(), span(filter), (connection, source) -> {
            List<LoggedPrediction> rows = new ArrayList<>();
            List<Object> values = new ArrayList<>(where.values());
            values.addAll(Arrays.asList(limit, skip));
            RowTallies.each(
                    connection,
                    "SELECT %s FROM %s WHERE %s ORDER BY time DESC, request_id DESC LIMIT ? OFFSET ?"
                            .formatted(ParquetTable.READABLE, source, where.sql()),
                    values,
                    row -> rows.add(ParquetRows.read(filter.model(), row)));
            return rows;
        });
    }

    @Override
    public void close() {
        if (owned) {
            reader.close();
        }
    }
}
