package dev.fovea.storage;

import dev.fovea.model.Lineage;
import dev.fovea.registry.Alias;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Rollout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** Reads the registry's rows within one transaction. */
final class ModelRows {

    private final Transaction transaction;

    ModelRows(Transaction transaction) {
        this.transaction = transaction;
    }

    List<String> names() throws SQLException {
        return transaction.list("SELECT name FROM model ORDER BY name", row -> row.getString(1));
    }

    Optional<RegisteredModel> model(String name) throws SQLException {
        Optional<Rollout> rollout = transaction.first(
                "SELECT canary_version, canary_percent FROM model WHERE name = ?", ModelRows::rollout, name);
        return rollout.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegisteredModel(
                        name,
                        versions(name),
                        promotions(name),
                        aliases(name),
                        rollout.orElseThrow(),
                        new AssistanceRows(transaction).of(name)));
    }

    List<AuditEntry> audit(String name, int limit) throws SQLException {
        return transaction.list(
                """
                SELECT happened, who, action, model, version, reason, detail FROM audit
                WHERE model = ? ORDER BY revision DESC LIMIT ?
                """,
                row -> new AuditEntry(
                        Columns.instant(row.getLong("happened")),
                        row.getString("who"),
                        AuditEntry.Action.valueOf(row.getString("action")),
                        row.getString("model"),
                        row.getInt("version"),
                        row.getString("reason"),
                        row.getString("detail")),
                name,
                limit);
    }

    private List<ModelVersion> versions(String name) throws SQLException {
        return transaction.list("""
                SELECT model, number, created, task, bundle, labels, note, lineage, metrics, evaluation,
                    size_bytes, parameters
                FROM model_version WHERE model = ? ORDER BY number
                """, ModelRows::version, name);
    }

    private List<Promotion> promotions(String name) throws SQLException {
        return transaction.list(
                "SELECT version, promoted FROM promotion WHERE model = ? ORDER BY position",
                row -> new Promotion(row.getInt("version"), Columns.instant(row.getLong("promoted"))),
                name);
    }

    private Map<Alias, Integer> aliases(String name) throws SQLException {
        return transaction
                .list(
                        "SELECT alias, version FROM model_alias WHERE model = ?",
                        row -> Map.entry(Alias.valueOf(row.getString("alias")), row.getInt("version")),
                        name)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Rollout rollout(ResultSet row) throws SQLException {
        int version = row.getInt("canary_version");
        return row.wasNull() ? new Rollout.None() : new Rollout.Canary(version, row.getDouble("canary_percent"));
    }

    private static ModelVersion version(ResultSet row) throws SQLException {
        return new ModelVersion(
                row.getInt("number"),
                Columns.instant(row.getLong("created")),
                new Registration(
                        row.getString("model"),
                        row.getString("task"),
                        row.getString("bundle"),
                        Columns.value(row.getString("labels"), new TypeReference<List<String>>() {}),
                        row.getString("note"),
                        Columns.value(row.getString("lineage"), new TypeReference<Lineage>() {}),
                        Columns.value(row.getString("metrics"), new TypeReference<Map<String, Double>>() {}),
                        row.getString("evaluation"),
                        row.getLong("size_bytes"),
                        row.getLong("parameters")));
    }
}
