package dev.fovea.storage.sql;

import dev.fovea.fault.FoveaException;
import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A database. Reads see one consistent state; writes of all processes are serialized, so that a write may depend on
 * what it has read. Thread-safe.
 */
public sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

    /** Work on an open transaction. */
    @FunctionalInterface
    interface TransactionWork<T> {
        T with(Transaction transaction) throws SQLException;
    }

    /**
     * Reads one consistent state.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}, {@code STORAGE_UNAVAILABLE}
     */
    <T> T read(TransactionWork<T> work);

    /**
     * Writes all or nothing; durable on return. Not to be nested.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}, {@code STORAGE_UNAVAILABLE}
     */
    <T> T write(TransactionWork<T> work);

    /** Throws as a write would, without writing. */
    void requireWritable();

    /** Whether columns hold values of their type only. */
    default boolean enforcesTypes() {
        return switch (this) {
            case SqliteDatabase _ -> false;
            case PostgresDatabase _ -> true;
        };
    }

    /** Name in messages: a file or an address, without password. */
    String name();

    /** Whether the table {@code home} exists; a new database has none. */
    boolean hasHome(Transaction transaction) throws SQLException;

    /** Runs work exclusively among all processes: the creation of tables. */
    void alone(Runnable work);

    /** Configures the migration scripts for this database, with the names of its types. */
    FluentConfiguration scripts(FluentConfiguration flyway);

    /** The error of a failed operation with its remedy; {@code doing} begins with a capital: {@code Writing}. */
    FoveaException failure(String doing, SQLException cause);

    /** Closes connections; nothing that was acknowledged waits for it. */
    @Override
    void close();
}
