package dev.fovea.storage.traffic;

import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.traffic.PartFiles.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads Parquet files by SQL. A file that is damaged is set aside, counted and named in the log of the program, and the
 * query goes on without it; a file that was merged into another meanwhile is looked for again.
 */
final class PartReader {

    private static final System.Logger LOG = System.getLogger(PartReader.class.getName());
    private static final int TRIES = 4;

    private final PartFiles files;
    private final Path scratch;
    private final AtomicLong damaged = new AtomicLong();

    PartReader(PartFiles files, Path scratch) {
        this.files = files;
        this.scratch = scratch;
    }

    /** The files of a query; called again when one is gone. */
    interface PartList {
        List<Part> get() throws SQLException;
    }

    /** A query over a table function. */
    interface Query<T> {
        /** @param source a table expression with all rows of the files */
        T run(String source) throws SQLException;
    }

    /** Files that were found damaged. */
    long damaged() {
        return damaged.get();
    }

    /** Counts a damaged file that another part has found. */
    void countDamaged() {
        damaged.incrementAndGet();
    }

    /** A query over files. */
    interface PartQuery<T> {
        T run(List<Part> parts) throws SQLException, IOException;
    }

    /** Runs a query over files, as {@link #query}. */
    <T> T queryParts(Connection connection, PartList list, PartQuery<T> query) {
        for (int tries = 1; ; tries++) {
            List<Part> parts = List.of();
            try {
                parts = list.get();
                return query.run(parts);
            } catch (SQLException e) {
                if (tries == TRIES || !recovered(connection, parts)) {
                    throw StorageFailure.of("Reading the prediction log", scratch, e);
                }
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw StorageFailure.of("Reading the prediction log", scratch, e);
                }
            }
        }
    }

    /**
     * Runs a query over files.
     *
     * @throws FoveaException {@code STORAGE_FAILED}, {@code STORAGE_UNAVAILABLE}
     */
    <T> T query(Connection connection, PartList list, Query<T> query) {
        return queryParts(connection, list, parts -> query.run(source(parts)));
    }

    /** A table expression with all rows of files. */
    String source(List<Part> parts) throws IOException {
        return parts.isEmpty() ? DuckDb.NO_ROWS : source(paths(parts));
    }

    /** A table expression with all rows of the files of a list of SQL. */
    static String source(String paths) {
        return "read_parquet(%s, union_by_name = true, hive_partitioning = true, hive_types = {'model': VARCHAR, 'day': DATE})"
                .formatted(paths);
    }

    /** The local paths of files as a list of SQL. */
    String paths(List<Part> parts) throws IOException {
        List<String> paths = new ArrayList<>();
        for (Part part : parts) {
            paths.add(DuckDb.quoted(path(part)));
        }
        return "[" + String.join(", ", paths) + "]";
    }

    /** The local path of a file. */
    String path(Part part) throws IOException {
        return files.local(part).toString();
    }

    /** Whether another try may succeed: a file is gone, or a damaged one was set aside. */
    private boolean recovered(Connection connection, List<Part> parts) {
        boolean recovered = false;
        for (Part part : parts) {
            try {
                Path file = files.local(part);
                if (!Files.exists(file)) {
                    recovered = true;
                } else if (isDamaged(connection, file)) {
                    String where = files.setAside(part.name());
                    damaged.incrementAndGet();
                    recovered = true;
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "The file %s of the prediction log is damaged. It was moved to %s; its rows are left out."
                                    .formatted(part.name().key(), where));
                }
            } catch (IOException e) {
                recovered = true; // gone meanwhile
            }
        }
        return recovered;
    }

    /** Reads all of a file. Failures of memory or the disk say nothing about it. */
    private static boolean isDamaged(Connection connection, Path file) {
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("SELECT count(*), bit_xor(hash(t)) FROM read_parquet(%s) AS t"
                        .formatted(DuckDb.quoted(file.toString())))) {
            all.next();
            return false;
        } catch (SQLException e) {
            String message = String.valueOf(e.getMessage());
            return !message.startsWith("Out of Memory")
                    && (!message.startsWith("IO Error") || message.contains("enough bytes"))
                    && !message.startsWith("INTERRUPT");
        }
    }
}
