package dev.fovea.storage;

import dev.fovea.storage.sql.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL on a free port, from the binaries of a Maven artifact; it ends with the JVM. */
final class PostgresServer {

    static final String USER = "postgres";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int port;

    private PostgresServer(int port) {
        this.port = port;
    }

    /** Started at the first use. */
    private static final class Shared {
        private static final PostgresServer SERVER = new PostgresServer(start().getPort());
    }

    /** The one of this JVM. */
    static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static EmbeddedPostgres start() {
        try {
            // its data goes with the JVM; writing it through to the disk would only delay the end
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** One that keeps its data in a directory, so that it can be stopped and started again on the same port. */
    static EmbeddedPostgres start(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** A new database without tables. */
    PostgresSettings create() {
        String name = "test" + NUMBER.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return settings(port, name);
    }

    static PostgresSettings settings(int port, String database) {
        return PostgresSettings.of(
                "postgresql://localhost:%d/%s".formatted(port, database), Optional.of(USER), Optional.of(USER));
    }

    private void execute(String database, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(settings(port, database).url(), USER, USER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
