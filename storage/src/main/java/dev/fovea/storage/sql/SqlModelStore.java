package dev.fovea.storage.sql;

import dev.fovea.registry.Alias;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.Change;
import dev.fovea.registry.ModelStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Rollout;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The registry on SQL; {@link ModelRows} reads, this writes. */
public final class SqlModelStore implements ModelStore {

    /** What is kept of a model's traffic, and goes with the model. */
    private static final List<String> OF_TRAFFIC = List.of(
            "truth",
            "truth_prediction",
            "truth_conflict",
            "truth_repeat",
            "drift_setting",
            "objective",
            "service_level",
            "label_plan",
            "label_draw",
            "kpi_repeat",
            "kpi",
            "keep_policy",
            "keep_part",
            "keep_candidate");

    /** The same that goes with a version. */
    private static final List<String> OF_VERSION_TRAFFIC =
            List.of("traffic_sketch", "drift_acceptance", "drift_block", "drift_report");

    private final Database database;
    private final Damage damage;

    public SqlModelStore(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public List<RegisteredModel> models() {
        return database.read(transaction -> {
            ModelRows rows = new ModelRows(transaction, damage);
            List<RegisteredModel> models = new ArrayList<>();
            for (String name : rows.names()) {
                rows.model(name).ifPresent(models::add);
            }
            return List.copyOf(models);
        });
    }

    @Override
    public Optional<RegisteredModel> model(String name) {
        return database.read(transaction -> new ModelRows(transaction, damage).model(name));
    }

    @Override
    public RegisteredModel change(String name, Function<RegisteredModel, Change> step) {
        return database.write(transaction -> {
            transaction.update("UPDATE registry_revision SET value = value WHERE id = 1"); // locks the row
            RegisteredModel before =
                    new ModelRows(transaction, damage).known(name).orElseGet(() -> RegisteredModel.unregistered(name));
            return switch (step.apply(before)) {
                case Change.Kept(RegisteredModel model) -> model;
                case Change.Made(RegisteredModel after, AuditEntry entry) -> {
                    store(transaction, before, after);
                    if (isOfAll(entry)) {
                        deleteUnreadable(transaction, name);
                    }
                    append(transaction, entry);
                    yield after;
                }
            };
        });
    }

    @Override
    public List<AuditEntry> audit(String name, int limit) {
        return database.read(transaction -> new ModelRows(transaction, damage).audit(name, limit));
    }

    @Override
    public long revision() {
        return database.read(transaction -> transaction.number("SELECT value FROM registry_revision WHERE id = 1"));
    }

    private void store(Transaction transaction, RegisteredModel before, RegisteredModel after) throws SQLException {
        storeModel(transaction, after);
        for (ModelVersion version : after.versions()) {
            if (!before.versions().contains(version)) {
                insertVersion(transaction, version);
            }
        }
        storeAliases(transaction, after);
        storePromotions(transaction, after);
        storeArchived(transaction, after);
        if (!after.assistance().equals(before.assistance())) {
            new AssistanceRows(transaction, damage).store(after.name(), after.assistance());
        }
        for (int number : after.deleted()) {
            if (!before.deleted().contains(number)) {
                deleteVersion(transaction, after.name(), number);
            }
        }
    }

    /** After aliases and promotions, which refer to versions, were stored without it. */
    private static void deleteVersion(Transaction transaction, String name, int number) throws SQLException {
        LeftoverFiles.delete(transaction, name, number);
        transaction.update("DELETE FROM model_version WHERE model = ? AND number = ?", name, number);
        for (String table : OF_VERSION_TRAFFIC) {
            transaction.update("DELETE FROM %s WHERE model = ? AND version = ?".formatted(table), name, number);
        }
        transaction.update("INSERT INTO deleted_version (model, number) VALUES (?, ?)", name, number);
    }

    private static boolean isOfAll(AuditEntry entry) {
        return entry.action() == AuditEntry.Action.DELETE && entry.version() == 0;
    }

    /** Deleting a model also deletes unreadable rows of its versions. */
    private static void deleteUnreadable(Transaction transaction, String name) throws SQLException {
        transaction.update("""
                INSERT INTO leftover (kind, id) SELECT DISTINCT 'BUNDLE', bundle FROM model_version
                WHERE model = ? ON CONFLICT DO NOTHING
                """, name);
        transaction.update("DELETE FROM model_version WHERE model = ?", name);
        transaction.update("""
                INSERT INTO leftover (kind, id) SELECT DISTINCT 'PACK', blob FROM keep_candidate
                WHERE model = ? ON CONFLICT DO NOTHING
                """, name);
        for (String table : OF_TRAFFIC) {
            transaction.update("DELETE FROM %s WHERE model = ?".formatted(table), name);
        }
    }

    private static void storeArchived(Transaction transaction, RegisteredModel model) throws SQLException {
        transaction.update("DELETE FROM archived_version WHERE model = ?", model.name());
        for (int number : model.archived()) {
            transaction.update("INSERT INTO archived_version (model, number) VALUES (?, ?)", model.name(), number);
        }
    }

    private static void storeModel(Transaction transaction, RegisteredModel model) throws SQLException {
        Optional<Rollout.CanaryTraffic> canary =
                model.rollout() instanceof Rollout.CanaryTraffic running ? Optional.of(running) : Optional.empty();
        transaction.update(
                """
                INSERT INTO model (name, canary_version, canary_percent, split) VALUES (?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET canary_version = excluded.canary_version,
                    canary_percent = excluded.canary_percent, split = excluded.split
                """,
                model.name(),
                canary.map(Rollout.CanaryTraffic::version),
                canary.map(Rollout.CanaryTraffic::percent),
                model.rollout() instanceof Rollout.SplitTraffic split
                        ? Optional.of(Columns.json(split))
                        : Optional.empty());
    }

    private static void insertVersion(Transaction transaction, ModelVersion version) throws SQLException {
        transaction.update(
                """
                INSERT INTO model_version (model, number, created, task, bundle, labels, note, lineage, metrics,
                    evaluation, size_bytes, parameters)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                version.name(),
                version.number(),
                Columns.micros(version.created()),
                version.registration().task(),
                version.bundleId(),
                Columns.json(version.labels()),
                version.registration().note(),
                Columns.json(version.lineage()),
                Columns.json(version.registration().quality().metrics()),
                version.registration().quality().evaluation(),
                version.registration().size().sizeBytes(),
                version.registration().size().parameters());
    }

    private static void storeAliases(Transaction transaction, RegisteredModel model) throws SQLException {
        transaction.update("DELETE FROM model_alias WHERE model = ?", model.name());
        for (Map.Entry<Alias, Integer> alias : model.aliases().entrySet()) {
            transaction.update(
                    "INSERT INTO model_alias (model, alias, version) VALUES (?, ?, ?)",
                    model.name(),
                    alias.getKey().name(),
                    alias.getValue());
        }
    }

    /** Renumbered from the start, without gaps for unreadable positions. */
    private static void storePromotions(Transaction transaction, RegisteredModel model) throws SQLException {
        List<Promotion> history = model.promotions();
        transaction.update("DELETE FROM promotion WHERE model = ?", model.name());
        for (int position = 0; position < history.size(); position++) {
            transaction.update(
                    "INSERT INTO promotion (model, position, version, promoted) VALUES (?, ?, ?, ?)",
                    model.name(),
                    position,
                    history.get(position).version(),
                    Columns.micros(history.get(position).at()));
        }
    }

    private static void append(Transaction transaction, AuditEntry entry) throws SQLException {
        long revision =
                transaction.number("UPDATE registry_revision SET value = value + 1 WHERE id = 1 RETURNING value");
        transaction.update(
                """
                INSERT INTO audit (revision, happened, who, action, model, version, reason, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                revision,
                Columns.micros(entry.at()),
                entry.who(),
                entry.action().name(),
                entry.model(),
                entry.version(),
                entry.reason(),
                entry.detail());
    }
}
