package dev.fovea.storage.traffic;

import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.values.FilterValue;
import dev.fovea.traffic.values.ValueTallies;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts the rows of a large file by the frequent labels, clients and tags in them. Rare values are few rows, which a
 * query may read.
 */
final class FrequentValues {

    /** Files of fewer rows are read quickly. */
    static final long MIN_ROWS = 10_000;

    /** Of the rows of a file. */
    private static final double MIN_SHARE = 0.01;

    private static final int MAX_VALUES = 256;
    private static final int MAX_RARE_COLUMNS = 256;
    private static final int LONGEST_VALUE = 256;
    private static final int DAY_HOURS = 24;

    private FrequentValues() {}

    /**
     * The figures of the rows of a table expression; empty for few rows, or too many names of tags.
     *
     * @param rows how many there are
     */
    static Optional<ValueTallies> of(Connection connection, String source, long rows) throws SQLException {
        if (rows < MIN_ROWS) {
            return Optional.empty();
        }
        String keyed = """
                (SELECT * EXCLUDE (filter), filter.c AS filter_column, filter.v AS filter_value FROM (
                    SELECT *, unnest(list_concat(
                        [{'c': '%s', 'v': x} FOR x IN CASE WHEN task = 'classification' THEN [label] ELSE list_distinct(labels) END],
                        [{'c': '%s', 'v': client}],
                        [{'c': '%s' || x.key, 'v': x.value} FOR x IN map_entries(tags)])) AS filter
                    FROM %s) WHERE filter.v IS NOT NULL)""".formatted(FilterValue.LABEL, FilterValue.CLIENT, FilterValue.TAG, source);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE OR REPLACE TEMP TABLE filter_counts AS SELECT filter_column, filter_value, count(*) AS n FROM %s GROUP BY ALL"
                            .formatted(keyed));
            statement.execute(
                    """
                    CREATE OR REPLACE TEMP TABLE frequent AS SELECT filter_column, filter_value FROM filter_counts
                    WHERE n >= %d AND length(filter_value) <= %d ORDER BY n DESC, filter_column, filter_value LIMIT %d""".formatted(Math.round(Math.ceil(MIN_SHARE * (double) rows)), LONGEST_VALUE, MAX_VALUES));
        }
        TreeSet<String> rare = new TreeSet<>();
        RowTallies.each(
                connection,
                "SELECT DISTINCT filter_column FROM filter_counts ANTI JOIN frequent USING (filter_column, filter_value) LIMIT %d"
                        .formatted(MAX_RARE_COLUMNS + 1),
                List.of(),
                row -> rare.add(row.getString(1)));
        if (rare.size() > MAX_RARE_COLUMNS) {
            return Optional.empty();
        }
        SortedMap<FilterValue, TrafficTally> frequent = new TreeMap<>();
        new RowTallies(
                        "FROM %s SEMI JOIN frequent USING (filter_column, filter_value)".formatted(keyed),
                        List.of(),
                        DAY_HOURS,
                        ", filter_column, filter_value")
                .count(
                        connection,
                        row -> frequent.computeIfAbsent(
                                new FilterValue(row.getString("filter_column"), row.getString("filter_value")),
                                absent -> new TrafficTally()));
        return Optional.of(new ValueTallies(rows, frequent, rare));
    }
}
