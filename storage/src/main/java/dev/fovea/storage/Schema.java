package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a home's tables to the form that this program knows, and refuses a home that is ahead of it. */
final class Schema {

    /** The number of the newest script under {@code db/migration}. */
    static final int VERSION = 7;

    /** The oldest schema whose tables and bundles are read. */
    private static final int OLDEST = 7;

    /** What a damaged number reads as; such a home is written anew and not taken for an old one. */
    private static final int DAMAGED = 0;

    private static final String LAST =
            "(SELECT COALESCE(MAX(revision), 0) FROM audit WHERE typeof(revision) = 'integer' AND revision BETWEEN 0 AND 4611686018427387904)";

    private static final long RETRY_NANOS = 20_000_000;

    private final Database database;
    private final Path home;
    private final String program;

    Schema(Database database, Path home, String program) {
        this.database = database;
        this.home = home;
        this.program = program;
    }

    /** One cheap query when there is nothing to do; migration otherwise, by one process at a time. */
    void bringUp() {
        if (current().filter(this::isCurrent).isEmpty()) {
            bringUpAlone();
        }
        mendRevision();
    }

    /** The revision only has to move on: a damaged one starts again behind the last change on record. */
    private void mendRevision() {
        boolean whole = database.read(transaction -> transaction.number(
                        "SELECT count(*) FROM registry_revision WHERE id = 1 AND typeof(value) = 'integer' AND value <= 4611686018427387904 AND "
                                + LAST + " <= value"))
                == 1;
        if (!whole) {
            database.write(transaction -> transaction.update("INSERT INTO registry_revision (id, value) VALUES (1, "
                    + LAST + " + 1) ON CONFLICT (id) DO UPDATE SET value = excluded.value"));
        }
    }

    private void bringUpAlone() {
        Path lock = home.resolve("migration.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock(channel)) {
            if (held.isValid() && current().filter(this::isCurrent).isEmpty()) {
                migrate();
            }
        } catch (IOException e) {
            throw StorageFailure.of("Preparing the home", home, e);
        }
    }

    private record Written(int schema, String program) {}

    private boolean isCurrent(Written written) {
        if (written.schema() > VERSION) {
            throw new FoveaException(
                    ErrorCode.HOME_TOO_NEW,
                    ("The home %s was written by fovea %s (schema %d), which is newer than this fovea %s (schema %d). "
                                    + "Start fovea %s or newer, or choose another home with --home.")
                            .formatted(home, written.program(), written.schema(), program, VERSION, written.program()));
        }
        if (written.schema() > DAMAGED && written.schema() < OLDEST) {
            throw new FoveaException(
                    ErrorCode.HOME_TOO_OLD,
                    ("The home %s was written by an earlier fovea (%s, schema %d), whose models this fovea %s does not read. "
                                    + "Choose another home with --home, and train or import the models again there.")
                            .formatted(home, written.program(), written.schema(), program));
        }
        return written.schema() == VERSION;
    }

    private Optional<Written> current() {
        return database.read(transaction -> {
            boolean exists = transaction.number("SELECT count(*) FROM sqlite_master WHERE name = 'home'") > 0;
            return exists
                    ? transaction.first(
                            "SELECT schema_version, program FROM home WHERE id = 1",
                            row -> new Written(row.getInt(1), row.getString(2)))
                    : Optional.empty();
        });
    }

    private void migrate() {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(Database.address(database.file()), null, null)
                    .locations("classpath:db/migration")
                    .placeholders(Map.of("bytes", "BLOB"))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw StorageFailure.of("Preparing the tables", database.file(), e);
        }
        database.write(transaction -> transaction.update("""
                INSERT INTO home (id, schema_version, program) VALUES (1, ?, ?)
                ON CONFLICT (id) DO UPDATE SET schema_version = excluded.schema_version, program = excluded.program
                """, VERSION, program));
    }

    /** Waits for other processes, and for other threads of this one, which the system answers with an exception. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
