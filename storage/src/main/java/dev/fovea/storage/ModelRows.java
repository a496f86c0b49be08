package dev.fovea.storage;

import dev.fovea.registry.Alias;
import dev.fovea.registry.AuditEntry;
import dev.fovea.model.Lineage;
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
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;

/** Reads the registry's rows within one transaction. */
final class ModelRows {

    private final Handle handle;

    ModelRows(Handle handle) {
        this.handle = handle;
    }

    List<String> names() {
        return handle.createQuery("SELECT name FROM model ORDER BY name")
                .mapTo(String.class)
                .list();
    }

    Optional<RegisteredModel> model(String name) {
        return handle.createQuery("SELECT canary_version, canary_percent FROM model WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> rollout(row))
                .findFirst()
                .map(rollout -> new RegisteredModel(name, versions(name), promotions(name), aliases(name), rollout));
    }

    List<AuditEntry> audit(String name, int limit) {
        return handle.createQuery(
                        """
                        SELECT happened, who, action, model, version, reason, detail FROM audit
                        WHERE model = :model ORDER BY revision DESC LIMIT :limit
                        """)
                .bind("model", name)
                .bind("limit", limit)
                .map((row, context) -> new AuditEntry(
                        Columns.instant(row.getLong("happened")),
                        row.getString("who"),
                        AuditEntry.Action.valueOf(row.getString("action")),
                        row.getString("model"),
                        row.getInt("version"),
                        row.getString("reason"),
                        row.getString("detail")))
                .list();
    }

    private List<ModelVersion> versions(String name) {
        return handle.createQuery(
                        """
                        SELECT model, number, created, task, bundle, labels, note, lineage, metrics, evaluation,
                            size_bytes, parameters
                        FROM model_version WHERE model = :model ORDER BY number
                        """)
                .bind("model", name)
                .map((row, context) -> version(row))
                .list();
    }

    private List<Promotion> promotions(String name) {
        return handle.createQuery("SELECT version, promoted FROM promotion WHERE model = :model ORDER BY position")
                .bind("model", name)
                .map((row, context) ->
                        new Promotion(row.getInt("version"), Columns.instant(row.getLong("promoted"))))
                .list();
    }

    private Map<Alias, Integer> aliases(String name) {
        return handle
                .createQuery("SELECT alias, version FROM model_alias WHERE model = :model")
                .bind("model", name)
                .map((row, context) -> Map.entry(Alias.valueOf(row.getString("alias")), row.getInt("version")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Rollout rollout(ResultSet row) throws SQLException {
        int version = row.getInt("canary_version");
        return row.wasNull()
                ? new Rollout.None()
                : new Rollout.Canary(version, row.getDouble("canary_percent"));
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
