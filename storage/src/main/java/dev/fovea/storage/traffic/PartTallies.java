package dev.fovea.storage.traffic;

import dev.fovea.storage.traffic.PartReader.PartList;
import dev.fovea.traffic.TrafficTally;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The figures that Parquet files have in their metadata. Those of a file without them are counted from its rows. */
final class PartTallies {

    private final PartReader parts;

    PartTallies(PartReader parts) {
        this.parts = parts;
    }

    /** The sum over files. */
    TrafficTally sum(Connection connection, PartList list) {
        return parts.queryPaths(connection, list, paths -> {
            TrafficTally sum = new TrafficTally();
            if (!paths.equals(PartReader.NO_PATHS)) {
                add(connection, paths, sum);
            }
            return sum;
        });
    }

    private static void add(Connection connection, String paths, TrafficTally sum) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet files = statement.executeQuery("""
                        SELECT file_name, max(decode(value)) FILTER (decode(key) = '%s')
                        FROM parquet_kv_metadata(%s) GROUP BY file_name""".formatted(TrafficTally.KEY, paths))) {
            while (files.next()) {
                String tally = files.getString(2);
                if (tally != null) {
                    sum.add(TrafficTally.read(tally));
                } else {
                    count(connection, files.getString(1), sum);
                }
            }
        }
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
