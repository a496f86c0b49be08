package dev.fovea.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The home's SQLite file. One connection writes, a few read; a write waits for the one before it, in this process by a
 * fair lock and in others by SQLite's own. The journal is a write-ahead log that is synchronised at each commit, so
 * that a write which returned survives a kill and a power cut, and readers never wait for a writer.
 */
final class Database implements AutoCloseable {

    /** Longer than any write of this program; past it somebody else holds the file. */
    private static final int BUSY_MILLIS = 30_000;

    private static final int READERS = 4;

    private final Path file;
    private final Connections writing;
    private final Connections reading;
    private final ReentrantLock writer = new ReentrantLock(true);

    /** Work on an open transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle);
    }

    Database(Path file) {
        this.file = file;
        this.writing = new Connections(address(file), TransactionMode.IMMEDIATE, 1);
        this.reading = new Connections(address(file), TransactionMode.DEFERRED, READERS);
    }

    /** The JDBC address of a file. */
    static String address(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    Path file() {
        return file;
    }

    /** Reads one consistent state. */
    <T> T read(Work<T> work) {
        return translated("Reading", () -> reading.jdbi.inTransaction(work::with));
    }

    /** Writes all or nothing; durable on return. Not to be nested. */
    <T> T write(Work<T> work) {
        if (writer.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write inside a write would never be durable on its own");
        }
        writer.lock();
        try {
            return translated("Writing", () -> writing.jdbi.inTransaction(work::with));
        } finally {
            writer.unlock();
        }
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }

    private <T> T translated(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw StorageFailure.of(doing, file, e);
        }
    }

    /** Connections that are kept open, handed to one user each. */
    private static final class Connections implements ConnectionFactory, AutoCloseable {
        private final String address;
        private final Properties properties;
        private final Semaphore free;
        private final Deque<Connection> idle = new ArrayDeque<>(); // guarded by itself
        private final Jdbi jdbi = Jdbi.create(this);

        Connections(String address, TransactionMode transactions, int most) {
            this.address = address;
            this.properties = settings(transactions).toProperties();
            this.free = new Semaphore(most, true);
        }

        @Override
        public Connection openConnection() throws SQLException {
            free.acquireUninterruptibly();
            boolean opened = false;
            try {
                Connection connection = takeIdle();
                opened = true;
                return connection;
            } finally {
                if (!opened) {
                    free.release();
                }
            }
        }

        @Override
        public void closeConnection(Connection connection) {
            synchronized (idle) {
                idle.push(connection);
            }
            free.release();
        }

        @Override
        public void close() {
            synchronized (idle) {
                idle.forEach(Connections::closeQuietly);
                idle.clear();
            }
        }

        private Connection takeIdle() throws SQLException {
            synchronized (idle) {
                if (!idle.isEmpty()) {
                    return idle.pop();
                }
            }
            return DriverManager.getConnection(address, properties);
        }

        private static void closeQuietly(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.getLogger(Database.class.getName())
                        .log(System.Logger.Level.WARNING, "A connection did not close", e);
            }
        }

        private static SQLiteConfig settings(TransactionMode transactions) {
            SQLiteConfig settings = new SQLiteConfig();
            settings.setJournalMode(JournalMode.WAL);
            settings.setSynchronous(SynchronousMode.FULL);
            settings.setBusyTimeout(BUSY_MILLIS);
            settings.enforceForeignKeys(true);
            settings.setTransactionMode(transactions); // a writer takes its lock at once and never has to upgrade
            return settings;
        }
    }
}
