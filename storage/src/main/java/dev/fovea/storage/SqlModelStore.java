package dev.fovea.storage;

import dev.fovea.registry.Alias;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.Change;
import dev.fovea.registry.ModelStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The registry on SQL; {@link ModelRows} reads, this writes. */
final class SqlModelStore implements ModelStore {

    private final Database database;

    SqlModelStore(Database database) {
        this.database = database;
    }

    @Override
    public List<RegisteredModel> models() {
        return database.read(handle -> {
            ModelRows rows = new ModelRows(handle);
            return rows.names().stream().flatMap(name -> rows.model(name).stream()).toList();
        });
    }

    @Override
    public Optional<RegisteredModel> model(String name) {
        return database.read(handle -> new ModelRows(handle).model(name));
    }

    @Override
    public RegisteredModel change(String name, Function<RegisteredModel, Change> step) {
        return database.write(handle -> {
            handle.execute("UPDATE registry_revision SET value = value WHERE id = 1"); // locks the row
            RegisteredModel before =
                    new ModelRows(handle).model(name).orElseGet(() -> RegisteredModel.unregistered(name));
            return switch (step.apply(before)) {
                case Change.Kept(RegisteredModel model) -> model;
                case Change.Made(RegisteredModel after, AuditEntry entry) -> {
                    store(handle, before, after);
                    append(handle, entry);
                    yield after;
                }
            };
        });
    }

    @Override
    public List<AuditEntry> audit(String name, int limit) {
        return database.read(handle -> new ModelRows(handle).audit(name, limit));
    }

    @Override
    public long revision() {
        return database.read(handle -> handle.createQuery("SELECT value FROM registry_revision WHERE id = 1")
                .mapTo(Long.class)
                .one());
    }

    private static void store(Handle handle, RegisteredModel before, RegisteredModel after) {
        storeModel(handle, after);
        after.versions().stream()
                .skip(before.versions().size())
                .forEach(version -> insertVersion(handle, version));
        storeAliases(handle, after);
        storePromotions(handle, before.promotions(), after);
    }

    private static void storeModel(Handle handle, RegisteredModel model) {
        Optional<Rollout.Canary> canary =
                model.rollout() instanceof Rollout.Canary running ? Optional.of(running) : Optional.empty();
        handle.createUpdate(
                        """
                        INSERT INTO model (name, canary_version, canary_percent) VALUES (:name, :version, :percent)
                        ON CONFLICT (name) DO UPDATE
                        SET canary_version = excluded.canary_version, canary_percent = excluded.canary_percent
                        """)
                .bind("name", model.name())
                .bind("version", canary.map(Rollout.Canary::version))
                .bind("percent", canary.map(Rollout.Canary::percent))
                .execute();
    }

    private static void insertVersion(Handle handle, ModelVersion version) {
        handle.createUpdate(
                        """
                        INSERT INTO model_version (model, number, created, task, bundle, labels, note, lineage, metrics,
                            evaluation, size_bytes, parameters)
                        VALUES (:model, :number, :created, :task, :bundle, :labels, :note, :lineage, :metrics,
                            :evaluation, :size, :parameters)
                        """)
                .bind("model", version.name())
                .bind("number", version.number())
                .bind("created", Columns.micros(version.created()))
                .bind("task", version.registration().task())
                .bind("bundle", version.bundleId())
                .bind("labels", Columns.json(version.labels()))
                .bind("note", version.registration().note())
                .bind("lineage", Columns.json(version.lineage()))
                .bind("metrics", Columns.json(version.registration().metrics()))
                .bind("evaluation", version.registration().evaluation())
                .bind("size", version.registration().sizeBytes())
                .bind("parameters", version.registration().parameters())
                .execute();
    }

    private static void storeAliases(Handle handle, RegisteredModel model) {
        handle.execute("DELETE FROM model_alias WHERE model = ?", model.name());
        model.aliases().forEach((Alias alias, Integer version) -> handle.execute(
                "INSERT INTO model_alias (model, alias, version) VALUES (?, ?, ?)",
                model.name(),
                alias.name(),
                version));
    }

    /** The history is a stack: what both have in common stays, what lies above it goes or comes. */
    private static void storePromotions(Handle handle, List<Promotion> before, RegisteredModel model) {
        List<Promotion> after = model.promotions();
        int common = 0;
        while (common < Math.min(before.size(), after.size())
                && before.get(common).equals(after.get(common))) {
            common++;
        }
        handle.execute("DELETE FROM promotion WHERE model = ? AND position >= ?", model.name(), common);
        for (int position = common; position < after.size(); position++) {
            Promotion promotion = after.get(position);
            handle.execute(
                    "INSERT INTO promotion (model, position, version, promoted) VALUES (?, ?, ?, ?)",
                    model.name(),
                    position,
                    promotion.version(),
                    Columns.micros(promotion.at()));
        }
    }

    private static void append(Handle handle, AuditEntry entry) {
        long revision = handle.createQuery("UPDATE registry_revision SET value = value + 1 WHERE id = 1 RETURNING value")
                .mapTo(Long.class)
                .one();
        handle.createUpdate(
                        """
                        INSERT INTO audit (revision, happened, who, action, model, version, reason, detail)
                        VALUES (:revision, :happened, :who, :action, :model, :version, :reason, :detail)
                        """)
                .bind("revision", revision)
                .bind("happened", Columns.micros(entry.at()))
                .bind("who", entry.who())
                .bind("action", entry.action().name())
                .bind("model", entry.model())
                .bind("version", entry.version())
                .bind("reason", entry.reason())
                .bind("detail", entry.detail())
                .execute();
    }
}
