package dev.fovea.storage.traffic;

import dev.fovea.imaging.quality.InputMeasure;
import dev.fovea.traffic.TallyCell;
import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.TrafficTally.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts rows by SQL, by version and a number of hours.
 *
 * @param rows {@code FROM … WHERE …} of all columns that are counted
 * @param values of the parameters in it
 * @param hours of a slot
 * @param keys further columns by which rows are counted apart; empty, or each with a comma before it
 */
record RowTallies(String rows, List<Object> values, int hours, String keys) {

    private static final List<InputMeasure> MEASURES = List.of(InputMeasure.values());
    private static final long HOUR_MICROS = 3_600_000_000L;

    /** Finds the tally to which a row of a result belongs, by its keys. */
    interface Tallies {
        TrafficTally of(ResultSet row) throws SQLException;
    }

    /** Takes rows of a result. */
    interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    /** Runs a query and hands over its rows. */
    static void each(Connection connection, String sql, List<Object> values, RowTaker taker) throws SQLException {
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

    /** Adds all rows to their tallies. */
    void count(Connection connection, Tallies tallies) throws SQLException {
        countFigures(connection, tallies);
        countLabels(connection, tallies);
    }

    private String slot() {
        return "epoch_us(time) // %d * %d AS hour, coalesce(version, 0) AS version%s"
                .formatted(hours * HOUR_MICROS, hours, keys);
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(row.getLong("hour"), row.getInt("version"));
    }

    private void countFigures(Connection connection, Tallies tallies) throws SQLException {
        String sums = MEASURES.stream()
                .map(measure ->
                        "count(%2$s) AS n_%1$s, sum(CAST(%2$s AS DOUBLE)) AS s_%1$s, sum(CAST(%2$s AS DOUBLE) * %2$s) AS q_%1$s"
                                .formatted(measure.label(), expression(measure)))
                .collect(Collectors.joining(", "));
        String sql = """
                SELECT %s, count(*) AS n, count(*) FILTER (cache IN ('hit', 'similar-hit')) AS cached,
                    count(*) FILTER (role = 'requested' AND version IS NOT NULL AND served_by IS NOT NULL) AS escalated,
                    count(*) FILTER (role = 'fallback') AS fallbacks,
                    histogram(CAST(round(confidence * 100) AS INTEGER)) AS confidences,
                    histogram(CAST(round(ln(greatest(total_us, 1)) / 0.02) AS INTEGER)) AS micros, %s
                %s GROUP BY ALL""".formatted(slot(), sums, rows);
        each(connection, sql, values, row -> {
            Slot slot = slot(row);
            TrafficTally tally = tallies.of(row);
            tally.addRows(
                    slot, row.getLong("n"), row.getLong("cached"), row.getLong("escalated"), row.getLong("fallbacks"));
            histogram(row, "confidences").forEach((percent, count) -> tally.addConfidence(slot, percent, count));
            histogram(row, "micros").forEach((bucket, count) -> tally.addMicros(slot, bucket, count));
            for (InputMeasure measure : MEASURES) {
                tally.addMeasure(
                        slot,
                        measure,
                        new TallyCell.MeasureTally(
                                row.getLong("n_" + measure.label()),
                                row.getDouble("s_" + measure.label()),
                                row.getDouble("q_" + measure.label())));
            }
        });
    }

    /** A classifier's best label has a column of its own, which is faster to read than the lists of others. */
    private void countLabels(Connection connection, Tallies tallies) throws SQLException {
        String sql = """
                WITH chosen AS NOT MATERIALIZED (SELECT %s, task, label, confidence, labels, scores %s)
                SELECT hour, version%3$s, label, count(*) AS n, sum(score) AS score FROM (
                    SELECT hour, version%3$s, label, confidence AS score FROM chosen WHERE task = 'classification'
                    UNION ALL
                    SELECT hour, version%3$s, unnest(labels), unnest(scores) FROM chosen WHERE task <> 'classification')
                WHERE label IS NOT NULL GROUP BY ALL""".formatted(slot(), rows, keys);
        each(
                connection,
                sql,
                values,
                row -> tallies.of(row)
                        .addLabel(
                                slot(row),
                                row.getString("label"),
                                new TallyCell.LabelTally(row.getLong("n"), row.getDouble("score"))));
    }

    /** How often each value occurred; nothing where all are null. */
    private static Map<Integer, Long> histogram(ResultSet row, String column) throws SQLException {
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
}
