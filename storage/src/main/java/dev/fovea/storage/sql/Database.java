package dev.fovea.storage.sql;

import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Where rows are kept. Reads see one consistent state; writes follow each other, whichever process they run in, so that
 * a write may decide by what it has read. Safe for any threads.
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

    /** Throws what a write would, as far as it can be told without one. */
    void requireWritable();

    /** What messages call it: a file or an address, never with a password. */
    String name();

    /** Whether the table {@code home} is there, by which a new database is told from one in use. */
    boolean hasHome(Transaction transaction) throws SQLException;

    /** Runs work that no other process does at the same time: the making of tables. */
    void alone(Runnable work);

    /** How the scripts that make the tables reach this database, and the names of its own types. */
    FluentConfiguration scripts(FluentConfiguration flyway);

    /** Closes connections; nothing that was acknowledged waits for it. */
    @Override
    void close();
}
