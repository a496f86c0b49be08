package dev.fovea.storage.sql;

import dev.fovea.runtime.tuning.Tuning;
import dev.fovea.runtime.tuning.TuningJson;
import dev.fovea.runtime.tuning.Tunings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Tunings in the database. Saving one increments the registry's revision, so that servers reload it. */
public final class SqlTunings implements Tunings {

    private final Database database;
    private final Damage damage;

    public SqlTunings(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public Optional<Tuning> find(String bundle, String machine) {
        return database.read(transaction -> transaction
                .readable(
                        damage,
                        row -> "The tuning of bundle " + bundle,
                        "Its model runs with default settings. Tune it again: fovea tune %s."
                                .formatted(model(transaction, bundle)),
                        "SELECT result FROM tuning WHERE bundle = ? AND machine = ?",
                        row -> TuningJson.read(Columns.text(row, "result")),
                        bundle,
                        machine)
                .stream()
                .findFirst());
    }

    /** The first version with a bundle, as an argument of a command. */
    private static String model(Transaction transaction, String bundle) throws SQLException {
        return transaction
                .first(
                        "SELECT model, number FROM model_version WHERE bundle = ? ORDER BY model, number",
                        row -> row.getString("model") + " --model-version " + row.getString("number"),
                        bundle)
                .orElse("MODEL");
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
