package dev.fovea.storage.traffic;

import dev.fovea.storage.files.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB in memory, to write and query Parquet files. It is loaded at its first use, because its library is large. It
 * installs and loads no extension, reads no settings or secrets of the user, and reaches no network. Thread-safe; each
 * thread has a connection of its own.
 */
final class DuckDb implements AutoCloseable {

    /** Memory of all queries together; larger ones use files. */
    private static final String MEMORY = "512MB";

    /** A table with the columns of the log and without rows. */
    static final String NO_ROWS = "no_rows";

    private final Path scratch;
    private @Nullable DuckDBConnection root; // guarded by this

    /** @param scratch the directory for what does not fit into memory */
    DuckDb(Path scratch) {
        this.scratch = scratch;
    }

    /** A new connection; the caller closes it. */
    DuckDBConnection connect() {
        try {
            return root().duplicate();
        } catch (SQLException e) {
            throw StorageFailure.of("Opening DuckDB", scratch, e);
        }
    }

    private synchronized DuckDBConnection root() throws SQLException {
        DuckDBConnection opened = root;
        if (opened == null) {
            opened = (DuckDBConnection) open();
            root = opened;
        }
        return opened;
    }

    private Connection open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("allow_persistent_secrets", "false");
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("temp_directory", scratch.toString());
        settings.setProperty("preserve_insertion_order", "false");
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        Connection opened = new DuckDBDriver().connect("jdbc:duckdb:", settings);
        deleteUnpackedLibrary();
        try (Statement statement = opened.createStatement()) {
            statement.execute("CREATE TABLE %s(model VARCHAR, day DATE, %s)".formatted(NO_ROWS, ParquetTable.COLUMNS));
            statement.execute("SET lock_configuration = true");
        }
        return opened;
    }

    /**
     * The driver unpacks its library of 70 MB to the temporary directory, where it would stay after a {@code kill -9}.
     * On Linux a loaded library needs no file.
     */
    private static void deleteUnpackedLibrary() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return;
        }
        try (Stream<String> lines = Files.lines(maps)) {
            List<String> unpacked = lines.map(line -> line.substring(Math.max(0, line.indexOf('/'))))
                    .filter(path -> path.contains("/libduckdb_java") && path.endsWith(".so"))
                    .distinct()
                    .toList();
            for (String path : unpacked) {
                Files.deleteIfExists(Path.of(path));
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(DuckDb.class.getName())
                    .log(System.Logger.Level.DEBUG, "The unpacked library of DuckDB stays until the program ends", e);
        }
    }

    /** A text as SQL writes it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public synchronized void close() {
        try {
            if (root != null) {
                root.close();
            }
        } catch (SQLException e) {
            System.getLogger(DuckDb.class.getName()).log(System.Logger.Level.DEBUG, "DuckDB did not close", e);
        }
    }
}
