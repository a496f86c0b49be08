package dev.fovea.storage.sql;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Migrates a home's tables to the schema of this program, and refuses a newer home. */
public final class Schema {

    /** The number of the newest script under {@code db/migration}. */
    public static final int VERSION = 32;

    /** The oldest schema whose tables and bundles are read. */
    private static final int OLDEST = 8;

    /** The value of a damaged number; such a home is migrated and does not count as old. */
    private static final int DAMAGED = 0;

    private static final String LAST =
            "(SELECT COALESCE(MAX(revision), 0) FROM audit WHERE typeof(revision) = 'integer' AND revision BETWEEN 0 AND 4611686018427387904)";

    private final Database database;
    private final String program;

    public Schema(Database database, String program) {
        this.database = database;
        this.program = program;
    }

    /** One cheap query when there is nothing to do; migration otherwise, by one process at a time. */
    public void bringUp() {
        if (!isCurrent()) {
            database.alone(() -> {
                if (!isCurrent()) {
                    migrate();
                }
            });
        }
        if (database instanceof SqliteDatabase) {
            mendRevision();
        }
    }

    private boolean isCurrent() {
        return current().filter(this::isCurrent).isPresent();
    }

    /**
     * The revision only has to increase: a damaged one continues after the last recorded change. PostgreSQL stores no
     * text in numeric columns.
     */
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

    private record Written(int schema, String program) {}

    private boolean isCurrent(Written written) {
        if (written.schema() > VERSION) {
            throw new FoveaException(
                    ErrorCode.HOME_TOO_NEW,
                    ("The home %s was written by fovea %s (schema %d), which is newer than this fovea %s (schema %d). "
                                    + "Start fovea %s or newer, or choose another home with --home.")
                            .formatted(
                                    database.name(),
                                    written.program(),
                                    written.schema(),
                                    program,
                                    VERSION,
                                    written.program()));
        }
        if (written.schema() > DAMAGED && written.schema() < OLDEST) {
            throw new FoveaException(
                    ErrorCode.HOME_TOO_OLD,
                    ("The home %s was written by an earlier fovea (%s, schema %d), whose models this fovea %s does not read. "
                                    + "Choose another home with --home, and train or import the models again there.")
                            .formatted(database.name(), written.program(), written.schema(), program));
        }
        return written.schema() == VERSION;
    }

    private Optional<Written> current() {
        return database.read(transaction -> {
            return database.hasHome(transaction)
                    ? transaction.first(
                            "SELECT schema_version, program FROM home WHERE id = 1",
                            row -> new Written(row.getInt(1), row.getString(2)))
                    : Optional.empty();
        });
    }

    private void migrate() {
        try {
            database.scripts(Flyway.configure(Schema.class.getClassLoader()))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw failure(e);
        }
        database.write(transaction -> transaction.update("""
                INSERT INTO home (id, schema_version, program) VALUES (1, ?, ?)
                ON CONFLICT (id) DO UPDATE SET schema_version = excluded.schema_version, program = excluded.program
                """, VERSION, program));
    }

    private FoveaException failure(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return database.failure("Preparing the tables", sql);
            }
        }
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "Preparing the tables in %s failed: %s. Use a home of fovea or an empty one, and try again."
                        .formatted(database.name(), message.replaceFirst("[.:]$", "")),
                e);
    }
}
