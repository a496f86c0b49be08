package dev.fovea.storage.sql;

import dev.fovea.registry.Assistance;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.Fallback;
import dev.fovea.registry.ModelRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** Reads and writes cascades and fallbacks, within one transaction. */
final class AssistanceRows {

    private final Transaction transaction;
    private final Damage damage;

    AssistanceRows(Transaction transaction, Damage damage) {
        this.transaction = transaction;
        this.damage = damage;
    }

    Assistance of(String model) throws SQLException {
        return new Assistance(
                transaction
                        .readable(
                                damage,
                                row -> "The cascade of " + model,
                                "Without it the model serves alone. Declare it again: fovea cascade set %s …"
                                        .formatted(model),
                                "SELECT larger, threshold, version, declared, expected FROM model_cascade WHERE model = ?",
                                AssistanceRows::cascade,
                                model)
                        .stream()
                        .findFirst(),
                transaction
                        .readable(
                                damage,
                                row -> "The fallback of " + model,
                                "The model has none. Declare it again: fovea fallback set %s …".formatted(model),
                                "SELECT other, label FROM model_fallback WHERE model = ?",
                                AssistanceRows::fallback,
                                model)
                        .stream()
                        .findFirst());
    }

    void store(String model, Assistance assistance) throws SQLException {
        transaction.update("DELETE FROM model_cascade WHERE model = ?", model);
        if (assistance.cascade().isPresent()) {
            Cascade cascade = assistance.cascade().get();
            transaction.update(
                    """
                    INSERT INTO model_cascade (model, larger, threshold, version, declared, expected)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                    model,
                    cascade.larger().toString(),
                    cascade.threshold(),
                    cascade.version(),
                    Columns.micros(cascade.declared()),
                    cascade.expected().map(Columns::json));
        }
        transaction.update("DELETE FROM model_fallback WHERE model = ?", model);
        if (assistance.fallback().isPresent()) {
            transaction.update(
                    "INSERT INTO model_fallback (model, other, label) VALUES (?, ?, ?)",
                    model,
                    other(assistance.fallback().get()),
                    label(assistance.fallback().get()));
        }
    }

    private static Optional<String> other(Fallback fallback) {
        return fallback instanceof Fallback.FallbackModel(ModelRef model)
                ? Optional.of(model.toString())
                : Optional.empty();
    }

    private static Optional<String> label(Fallback fallback) {
        return fallback instanceof Fallback.Label(String label) ? Optional.of(label) : Optional.empty();
    }

    private static Cascade cascade(ResultSet row) throws SQLException {
        return new Cascade(
                ModelRef.parse(Columns.text(row, "larger")),
                Columns.number(row, "threshold", 0, 2),
                Columns.whole(row, "version", 1, Integer.MAX_VALUE),
                Columns.instant(row, "declared"),
                Optional.ofNullable(row.getString("expected"))
                        .map(json -> Columns.value(json, new TypeReference<Cascade.Expectation>() {})));
    }

    private static Fallback fallback(ResultSet row) throws SQLException {
        return row.getObject("other") != null
                ? new Fallback.FallbackModel(ModelRef.parse(Columns.text(row, "other")))
                : new Fallback.Label(Columns.text(row, "label"));
    }
}
