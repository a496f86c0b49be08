package dev.fovea.storage;

import dev.fovea.runtime.Tuning;
import dev.fovea.runtime.TuningJson;
import dev.fovea.runtime.Tunings;
import java.time.Instant;
import java.util.Optional;

/** Tunings in the database. Saving one moves the registry's revision, so that servers take it up. */
final class SqlTunings implements Tunings {

    private final Database database;

    SqlTunings(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Tuning> find(String bundle, String machine) {
        return database.read(transaction -> transaction.first(
                        "SELECT result FROM tuning WHERE bundle = ? AND machine = ?",
                        row -> row.getString("result"),
                        bundle,
                        machine))
                .map(TuningJson::read);
    }

    @Override
    public void save(String bundle, String machine, Tuning tuning) {
        database.write(transaction -> {
            transaction.update("""
                    INSERT INTO tuning (bundle, machine, measured, result) VALUES (?, ?, ?, ?)
                    ON CONFLICT (bundle, machine) DO UPDATE SET measured = excluded.measured, result = excluded.result
                    """, bundle, machine, Columns.micros(Instant.now()), TuningJson.write(tuning));
            return transaction.update("UPDATE registry_revision SET value = value + 1 WHERE id = 1");
        });
    }
}
