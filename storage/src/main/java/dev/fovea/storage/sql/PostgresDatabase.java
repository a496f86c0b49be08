package dev.fovea.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A PostgreSQL database that any number of servers and commands share.
 *
 * <p>A write takes an advisory lock first, one for each schema, so that writes follow each other as they do in SQLite:
 * no write reads uncommitted rows, and two never wait for each other's rows. Reads are snapshots and never wait. The
 * locks end with their transaction, so that they work behind a pool of connections, too.
 */
public final class PostgresDatabase implements Database {

    private static final int CONNECTIONS = 8;
    private static final int CONNECT_SECONDS = 3;
    private static final int REPLY_SECONDS = 60;

    /** Distinguishes the locks of this program from others in the same database: "Fove" in ASCII. */
    private static final int LOCKS = 0x466f7665;

    private static final String READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private static final String WRITE = """
            BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
            SET LOCAL synchronous_commit = on;
            SET LOCAL lock_timeout = '30s';
            SET LOCAL idle_in_transaction_session_timeout = '60s';
            SELECT pg_advisory_xact_lock(%d, hashtext('write ' || current_schema()))
            """.formatted(LOCKS);

    private static final String PREPARE = """
            BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
            SELECT pg_advisory_xact_lock(%d, hashtext('tables ' || current_schema()))
            """.formatted(LOCKS);

    private final PostgresSettings settings;
    private final HikariDataSource pool;

    private PostgresDatabase(PostgresSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /**
     * Connects.
     *
     * @throws FoveaException {@code CONFIGURATION_INVALID} for a wrong password or a database that does not exist,
     *     {@code STORAGE_UNAVAILABLE} when it cannot be reached
     */
    public static PostgresDatabase open(PostgresSettings settings) {
        Properties properties = properties(settings);
        try (Connection first = DriverManager.getConnection(settings.url(), properties)) {
            requireSchema(settings, first);
        } catch (SQLException e) {
            throw PostgresFailure.of("Connecting to", settings, e);
        }
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("database");
        pool.setJdbcUrl(settings.url());
        pool.setDataSourceProperties(properties);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(CONNECT_SECONDS * 1000L);
        pool.setValidationTimeout(CONNECT_SECONDS * 1000L);
        pool.setInitializationFailTimeout(-1);
        return new PostgresDatabase(settings, new HikariDataSource(pool));
    }

    /** Parameters of the address take precedence. */
    private static Properties properties(PostgresSettings settings) {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "fovea");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true"); // many rows in one statement
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(REPLY_SECONDS));
        return properties;
    }

    private static void requireSchema(PostgresSettings settings, Connection connection) throws SQLException {
        if (connection.getSchema() == null) {
            throw new FoveaException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "The database %s has none of the schemas in its search_path. Create one, or name one: %s?currentSchema=NAME."
                            .formatted(settings.shown(), settings.shown()));
        }
    }

    @Override
    public <T> T read(TransactionWork<T> work) {
        return transact("Reading from", READ, work);
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        return transact("Writing to", WRITE, work);
    }

    private <T> T transact(String doing, String begin, TransactionWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            return Transaction.run(connection, begin, work);
        } catch (SQLException e) {
            throw PostgresFailure.of(doing, settings, e);
        }
    }

    @Override
    public void requireWritable() {
        boolean readOnly = read(transaction -> transaction.number("SELECT pg_is_in_recovery()::int")) == 1;
        if (readOnly) {
            throw PostgresFailure.readOnly(settings);
        }
    }

    @Override
    public String name() {
        return settings.shown();
    }

    @Override
    public boolean hasHome(Transaction transaction) throws SQLException {
        return transaction.number("""
                        SELECT count(*) FROM information_schema.tables
                        WHERE table_schema = current_schema() AND table_name = 'home'
                        """) > 0;
    }

    /** Another server that opens the same new database waits here, although the scripts use other connections. */
    @Override
    public void alone(Runnable work) {
        int _ = transact("Preparing the tables in", PREPARE, transaction -> {
            work.run();
            return 0;
        });
    }

    @Override
    public FoveaException failure(String doing, SQLException cause) {
        return PostgresFailure.of(doing + " in", settings, cause);
    }

    @Override
    public FluentConfiguration scripts(FluentConfiguration flyway) {
        return flyway.dataSource(pool)
                .placeholders(Map.of("bytes", "BYTEA", "text", "TEXT COLLATE \"C\"", "clustered", ""));
    }

    @Override
    public void close() {
        pool.close();
    }
}
