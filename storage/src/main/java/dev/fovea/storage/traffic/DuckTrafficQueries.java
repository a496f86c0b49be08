package dev.fovea.storage.traffic;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.storage.traffic.TrafficReader.Span;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TallyCell;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficQueries;
import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.TrafficTally.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Queries on the log by SQL, with values as parameters. */
final class DuckTrafficQueries implements TrafficQueries {

    private static final String SLOT = "epoch_us(time) // 3600000000 AS hour, coalesce(version, 0) AS version";

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
                parts.add("CASE WHEN task = 'classification' THEN label = ? ELSE list_contains(labels, ?) END");
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

    /** Takes rows of a result. */
    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, List<Object> values, RowTaker taker)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
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
        return reader.query(filter.model(), span(filter), (connection, source) -> {
            String rows = "FROM %s WHERE %s".formatted(source, where.sql());
            TrafficTally tally = new TrafficTally();
            counts(connection, rows, where, tally);
            each(
                    connection,
                    "SELECT hour, version, label, count(*), sum(score) FROM (SELECT %s, unnest(CASE WHEN task = 'classification' THEN [label] ELSE labels END) AS label, unnest(CASE WHEN task = 'classification' THEN [confidence] ELSE scores END) AS score %s) WHERE label IS NOT NULL GROUP BY ALL"
                            .formatted(SLOT, rows),
                    where.values(),
                    row -> tally.addLabel(
                            slot(row), row.getString(3), new TallyCell.LabelTally(row.getLong(4), row.getDouble(5))));
            return tally;
        });
    }

    private static void counts(Connection connection, String rows, Condition where, TrafficTally tally)
            throws SQLException {
        List<InputMeasure> measures = List.of(InputMeasure.values());
        String sums = measures.stream()
                .map(DuckTrafficQueries::expression)
                .map(
                        "count(%1$s), coalesce(sum(CAST(%1$s AS DOUBLE)), 0), coalesce(sum(CAST(%1$s AS DOUBLE) * %1$s), 0)"
                                ::formatted)
                .collect(Collectors.joining(", "));
        each(
                connection,
                "SELECT %s, count(*), count(*) FILTER (cache IN ('hit', 'similar-hit')), count(*) FILTER (role = 'requested' AND version IS NOT NULL AND served_by IS NOT NULL), count(*) FILTER (role = 'fallback'), histogram(CAST(round(confidence * 100) AS INTEGER)), histogram(CAST(round(ln(greatest(total_us, 1)) / 0.02) AS INTEGER)), %s %s GROUP BY ALL"
                        .formatted(SLOT, sums, rows),
                where.values(),
                row -> {
                    Slot slot = slot(row);
                    tally.addRows(slot, row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
                    histogram(row, 7).forEach((percent, count) -> tally.addConfidence(slot, percent, count));
                    histogram(row, 8).forEach((bucket, count) -> tally.addMicros(slot, bucket, count));
                    for (int i = 0; i < measures.size(); i++) {
                        int at = 9 + 3 * i;
                        tally.addMeasure(
                                slot,
                                measures.get(i),
                                new TallyCell.MeasureTally(
                                        row.getLong(at), row.getDouble(at + 1), row.getDouble(at + 2)));
                    }
                });
    }

    /** How often each value occurred; nothing where all are null. */
    private static Map<Integer, Long> histogram(ResultSet row, int column) throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        if (row.getObject(column) instanceof Map<?, ?> histogram) {
            histogram.forEach((value, count) -> counts.put(((Number) value).intValue(), ((Number) count).longValue()));
        }
        return counts;
    }

    /** The column of a measure. */
    private static String expression(InputMeasure measure) {
        return switch (measure) {
            case ASPECT -> "(upright_width / upright_height)";
            case WIDTH -> "upright_width";
            case HEIGHT -> "upright_height";
            case BRIGHTNESS,
                    CONTRAST,
                    CLIPPED_DARK,
                    CLIPPED_BRIGHT,
                    COLORFULNESS,
                    SATURATION,
                    SHARPNESS,
                    NOISE,
                    BLOCKINESS,
                    JPEG_QUALITY,
                    FILE_SIZE -> measure.label();
        };
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(row.getLong(1), row.getInt(2));
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
            each(
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
