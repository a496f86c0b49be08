package dev.fovea.storage.traffic;

import dev.fovea.traffic.LoggedPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Turns segments into Parquet files. A segment that is turned twice gives the same files twice, so no row is doubled.
 */
final class SegmentConversion {

    private static final System.Logger LOG = System.getLogger(SegmentConversion.class.getName());

    private final TrafficFiles files;
    private final TrafficReader reader;

    SegmentConversion(TrafficFiles files, TrafficReader reader) {
        this.files = files;
        this.reader = reader;
    }

    /** Turns the segments of processes that have ended into Parquet files. */
    void adopt() throws IOException, SQLException {
        for (SegmentFolders.Locked abandoned : files.segments().abandoned()) {
            try (abandoned) {
                for (Path segment : Segments.in(abandoned.path())) {
                    convert(segment);
                }
            }
        }
    }

    /** Turns a segment into Parquet files and deletes it, or sets it aside where it is damaged. */
    void convert(Path segment) throws IOException, SQLException {
        Segments.Content content = Segments.read(segment);
        Map<ParquetTable.Partition, List<LoggedPrediction>> partitions = new LinkedHashMap<>();
        content.rows()
                .forEach(row -> partitions
                        .computeIfAbsent(ParquetTable.Partition.of(row), absent -> new ArrayList<>())
                        .add(row));
        if (!partitions.isEmpty()) {
            try (DuckDBConnection connection = reader.duck().connect()) {
                for (Map.Entry<ParquetTable.Partition, List<LoggedPrediction>> partition : partitions.entrySet()) {
                    write(connection, partition.getKey(), partition.getValue(), TrafficReader.partId(segment));
                }
            }
        }
        if (content.damage().isPresent()) {
            setAside(segment, content);
        } else {
            if (content.unfinished() > 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "%,d bytes at the end of %s were not written to their end; the rows before them are kept."
                                .formatted(content.unfinished(), segment));
            }
            Files.delete(segment);
        }
    }

    private void write(
            DuckDBConnection connection, ParquetTable.Partition partition, List<LoggedPrediction> rows, String id)
            throws SQLException, IOException {
        Path scratch = files.workspace().next();
        try {
            ParquetTable.write(connection, rows, scratch);
            files.parts().publish(new PartName(partition.model(), partition.day(), 0, id), scratch);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private void setAside(Path segment, Segments.Content content) throws IOException {
        Files.createDirectories(files.damaged());
        Path target = files.damaged().resolve(TrafficReader.partId(segment) + Segments.SUFFIX);
        Files.move(segment, target, StandardCopyOption.REPLACE_EXISTING);
        reader.parts().countDamaged();
        LOG.log(
                System.Logger.Level.WARNING,
                "The segment %s of the prediction log is damaged (%s). The %,d rows before that are kept; the file was moved to %s."
                        .formatted(
                                segment,
                                content.damage().orElseThrow(),
                                content.rows().size(),
                                target));
    }
}
