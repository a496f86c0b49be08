package dev.fovea.storage.traffic;

import dev.fovea.storage.traffic.PartFiles.Part;
import dev.fovea.storage.traffic.PartReader.PartList;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.values.FilterValue;
import dev.fovea.traffic.values.ValueTallies;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures that Parquet files have in their metadata. Those of a file without them are counted from its rows. */
final class PartTallies {

    private static final int DAY_HOURS = 24;

    private final PartReader parts;

    PartTallies(PartReader parts) {
        this.parts = parts;
    }

    /** The sum over files. */
    TrafficTally sum(Connection connection, PartList list) {
        return parts.queryParts(connection, list, listed -> {
            TrafficTally sum = new TrafficTally();
            Map<String, String> texts = metadata(connection, listed, TrafficTally.KEY);
            for (Part part : listed) {
                String text = texts.get(parts.path(part));
                if (text != null) {
                    sum.add(TrafficTally.read(text));
                } else {
                    count(connection, parts.path(part), sum);
                }
            }
            return sum;
        });
    }

    /**
     * Adds the figures of the rows with some values, as far as files of whole days have them.
     *
     * @param wanted the values
     * @return the files that have to be read
     */
    List<Part> addWhole(
            Connection connection, List<Part> listed, TrafficFilter filter, List<FilterValue> wanted, TrafficTally sum)
            throws SQLException, IOException {
        List<Part> unknown = new ArrayList<>(listed);
        List<Part> whole = listed.stream()
                .filter(part -> isWhole(part.name().day(), filter))
                .toList();
        Map<String, String> texts = metadata(connection, whole, ValueTallies.KEY);
        for (Part part : whole) {
            String text = texts.get(parts.path(part));
            Optional<TrafficTally> known = text == null
                    ? Optional.empty()
                    : ValueTallies.read(text, wanted).of(wanted);
            if (known.isPresent()) {
                sum.add(known.get());
                unknown.remove(part);
            }
        }
        return unknown;
    }

    /** Whether figures by day are enough, and all of a day is asked for. */
    private static boolean isWhole(LocalDate day, TrafficFilter filter) {
        return filter.stretchHours() == DAY_HOURS
                && !day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(filter.from())
                && !day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(filter.to());
    }

    /** What files have in their metadata under a key, by path. */
    private Map<String, String> metadata(Connection connection, List<Part> listed, String key)
            throws SQLException, IOException {
        Map<String, String> texts = new HashMap<>();
        if (!listed.isEmpty()) {
            RowTallies.each(
                    connection,
                    "SELECT file_name, decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = '%s'"
                            .formatted(parts.paths(listed), key),
                    List.of(),
                    row -> texts.put(row.getString(1), row.getString(2)));
        }
        return texts;
    }

    private static void count(Connection connection, String path, TrafficTally sum) throws SQLException {
        String source = PartReader.source("[" + DuckDb.quoted(path) + "]");
        try (Connection own = ((org.duckdb.DuckDBConnection) connection).duplicate();
                Statement statement = own.createStatement();
                ResultSet rows = statement.executeQuery("SELECT %s FROM %s".formatted(ParquetTable.READABLE, source))) {
            while (rows.next()) {
                sum.add(ParquetRows.read(rows.getString("model"), rows));
            }
        }
    }
}
