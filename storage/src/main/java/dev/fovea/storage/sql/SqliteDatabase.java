package dev.fovea.storage.sql;

import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.LockFile;
import dev.fovea.storage.files.StorageFailure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The home's SQLite file. One connection writes, a few read; a write waits for the one before it, in this process by a
 * fair lock and in others by SQLite's own. The journal is a write-ahead log that is synchronised at each commit, so
 * that a write which returned survives a kill and a power cut, and readers never wait for a writer.
 */
public final class SqliteDatabase implements Database {

    /** Longer than any write of this program; after it another program has locked the file. */
    private static final int BUSY_MILLIS = 30_000;

    /** Pages of the file in memory, negative for KiB: a million items have indices of some hundred megabytes. */
    private static final int CACHE_KIB = -32_768;

    private static final int READERS = 4;
    private static final String READ = "BEGIN";
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;
    /** The mask of the primary error code. */
    private static final int PRIMARY_CODE = 0xff;

    private static final long RETRY_NANOS = 5_000_000;

    private final Path file;
    private final Connections writing;
    private final Connections reading;
    private final ReentrantLock writer = new ReentrantLock(true);

    public SqliteDatabase(Path file) {
        this.file = file;
        this.writing = new Connections(address(file), "BEGIN IMMEDIATE", 1); // at once, or it might have to upgrade
        this.reading = new Connections(address(file), READ, READERS);
    }

    /** The JDBC address of a file. */
    static String address(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public boolean hasHome(Transaction transaction) throws SQLException {
        return transaction.number("SELECT count(*) FROM sqlite_master WHERE name = 'home'") > 0;
    }

    @Override
    public FluentConfiguration scripts(FluentConfiguration flyway) {
        return flyway.dataSource(address(file), null, null)
                .placeholders(Map.of("bytes", "BLOB", "text", "TEXT", "clustered", "WITHOUT ROWID"));
    }

    @Override
    public FoveaException failure(String doing, SQLException cause) {
        return StorageFailure.of(doing, file, cause);
    }

    @Override
    public void requireWritable() {
        Optional<SQLException> unwritable = reading.unwritable();
        if (unwritable.isPresent()) {
            throw failure("Writing", unwritable.get());
        }
    }

    @Override
    public void alone(Runnable work) {
        LockFile.run(file.resolveSibling("migration.lock"), work);
    }

    @Override
    public <T> T read(TransactionWork<T> work) {
        try {
            return reading.transact(work);
        } catch (SQLException e) {
            throw failure("Reading", e);
        }
    }

    @Override
    public <T> T write(TransactionWork<T> work) {
        if (writer.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write inside a write would never be durable on its own");
        }
        requireWritable();
        writer.lock();
        try {
            return writing.transact(work);
        } catch (SQLException e) {
            throw failure("Writing", e);
        } finally {
            writer.unlock();
        }
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }

    /**
     * A pool of open connections, one for each transaction.
     *
     * <p>SQLite stores the index of its write-ahead log in a second file, which it cannot create on a full or read-only
     * disk. A reader then falls back to one connection with the index in memory and an exclusive lock, so that reads
     * still work. Where another process has the file open, the index exists already.
     */
    private static final class Connections implements AutoCloseable {
        private final String address;
        private final String begin;
        private final Semaphore free;
        private final Deque<Connection> idle = new ArrayDeque<>(); // guarded by itself
        private @Nullable SQLException unwritable; // guarded by idle; why there is only the exclusive connection

        Connections(String address, String begin, int most) {
            this.address = address;
            this.begin = begin;
            this.free = new Semaphore(most, true);
        }

        <T> T transact(TransactionWork<T> work) throws SQLException {
            free.acquireUninterruptibly();
            try {
                Connection connection = take();
                T result;
                try {
                    result = Transaction.run(connection, begin, work);
                } finally {
                    giveBack(connection);
                }
                return result;
            } finally {
                free.release();
            }
        }

        /** Why the disk cannot be written, if the first read found that. */
        Optional<SQLException> unwritable() {
            synchronized (idle) {
                return Optional.ofNullable(unwritable);
            }
        }

        private Connection take() throws SQLException {
            synchronized (idle) {
                while (idle.isEmpty() && unwritable != null) {
                    try {
                        idle.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new SQLException("interrupted while waiting for the only connection", e);
                    }
                }
                if (!idle.isEmpty()) {
                    return idle.pop();
                }
            }
            return open();
        }

        /**
         * SQLite's busy timeout does not apply to the lock that turns a new file into a WAL file, while others open it
         * too.
         */
        private Connection open() throws SQLException {
            long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
            while (true) {
                try {
                    return begin.equals(READ) ? shared().createConnection(address) : writer();
                } catch (SQLException e) {
                    if (isUnwritable(e) && begin.equals(READ)) {
                        return openExclusively(e);
                    }
                    if ((e.getErrorCode() & PRIMARY_CODE) != SQLITE_BUSY || System.nanoTime() - patience > 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        }

        private Connection openExclusively(SQLException why) throws SQLException {
            synchronized (idle) {
                if (unwritable != null) {
                    return take();
                }
                Connection connection = exclusive().createConnection(address);
                unwritable = why;
                return connection;
            }
        }

        /** What is deleted is overwritten, so that what a person wants forgotten is not left in free pages. */
        private Connection writer() throws SQLException {
            Connection connection = shared().createConnection(address);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA secure_delete = ON");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        private static boolean isUnwritable(SQLException e) {
            int code = e.getErrorCode() & PRIMARY_CODE;
            return code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
        }

        private void giveBack(Connection connection) {
            synchronized (idle) {
                idle.push(connection);
                idle.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (idle) {
                idle.forEach(Connections::closeQuietly);
                idle.clear();
            }
        }

        private static void closeQuietly(Connection connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.getLogger(SqliteDatabase.class.getName())
                        .log(System.Logger.Level.WARNING, "A connection did not close", e);
            }
        }

        private static SQLiteConfig shared() {
            SQLiteConfig settings = new SQLiteConfig();
            settings.setJournalMode(JournalMode.WAL);
            settings.setCacheSize(CACHE_KIB);
            settings.setSynchronous(SynchronousMode.FULL);
            settings.setBusyTimeout(BUSY_MILLIS);
            settings.enforceForeignKeys(true);
            return settings;
        }

        /** With this locking mode SQLite needs no file of shared memory. */
        private static SQLiteConfig exclusive() {
            SQLiteConfig settings = new SQLiteConfig();
            settings.setLockingMode(LockingMode.EXCLUSIVE);
            settings.setBusyTimeout(BUSY_MILLIS);
            return settings;
        }
    }
}
