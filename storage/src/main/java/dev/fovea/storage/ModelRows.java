package dev.fovea.storage;

import dev.fovea.model.Lineage;
import dev.fovea.registry.Alias;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.ModelName;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registration;
import dev.fovea.registry.Rollout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** Reads the registry's rows within one transaction; what cannot be read is left out and reported. */
final class ModelRows {

    private static final String HISTORY =
            "The rest of the model is served. Promote a version again: fovea promote %s N.";

    private final Transaction transaction;
    private final Damage damage;

    ModelRows(Transaction transaction, Damage damage) {
        this.transaction = transaction;
        this.damage = damage;
    }

    List<String> names() throws SQLException {
        return transaction.readable(
                damage,
                row -> "Model \"%s\"".formatted(row.getString(1)),
                "It is left out. Train or import it again under a name that is allowed.",
                "SELECT name FROM model ORDER BY name",
                row -> ModelName.require(row.getString(1)));
    }

    /** Empty when there is none, all of its versions are deleted, or none of them can be read. */
    Optional<RegisteredModel> model(String name) throws SQLException {
        return known(name).filter(model -> !model.versions().isEmpty());
    }

    /** The same with models whose versions are all deleted. */
    Optional<RegisteredModel> known(String name) throws SQLException {
        Optional<Rollout> rollout = transaction.first(
                "SELECT canary_version, canary_percent FROM model WHERE name = ?", row -> rollout(row, name), name);
        List<ModelVersion> versions = versions(name);
        Set<Integer> deleted = deleted(name);
        if (rollout.isEmpty() || (versions.isEmpty() && (deleted.isEmpty() || hasVersions(name)))) {
            rollout.ifPresent(ignored -> damage.report(
                    "Model " + name,
                    "it has no version that can be read",
                    "It is left out. Train or import it again with --name %s.".formatted(name)));
            return Optional.empty();
        }
        Set<Integer> numbers = versions.stream().map(ModelVersion::number).collect(Collectors.toSet());
        List<Promotion> promotions = new ArrayList<>(promotions(name, numbers));
        Map<Alias, Integer> aliases = new EnumMap<>(Alias.class);
        aliases.putAll(aliases(name, numbers));
        agree(promotions, aliases);
        Rollout traffic = known(rollout.orElseThrow(), name, numbers);
        return Optional.of(new RegisteredModel(
                name,
                versions,
                promotions,
                aliases,
                traffic,
                new AssistanceRows(transaction, damage).of(name),
                archived(name, idle(numbers, promotions, aliases, traffic)),
                deleted));
    }

    /** The versions that no traffic is meant for: where records disagree, what serves goes on serving. */
    private static Set<Integer> idle(
            Set<Integer> numbers, List<Promotion> promotions, Map<Alias, Integer> aliases, Rollout rollout) {
        Set<Integer> idle = new HashSet<>(numbers);
        promotions.forEach(promotion -> idle.remove(promotion.version()));
        idle.removeAll(aliases.values());
        if (rollout instanceof Rollout.Canary(int version, double ignored)) {
            idle.remove(version);
        }
        return idle;
    }

    private Set<Integer> archived(String name, Set<Integer> idle) throws SQLException {
        return Set.copyOf(transaction.readable(
                damage,
                row -> "The note that version %s of %s is archived".formatted(row.getString("number"), name),
                "The version is listed. Archive it again: fovea archive %s@N.".formatted(name),
                "SELECT number FROM archived_version WHERE model = ?",
                row -> requireIdle(row.getInt("number"), idle),
                name));
    }

    private static int requireIdle(int version, Set<Integer> idle) {
        if (!idle.contains(version)) {
            throw new IllegalArgumentException("there is no version %d, or it serves".formatted(version));
        }
        return version;
    }

    private boolean hasVersions(String name) throws SQLException {
        return transaction.number("SELECT count(*) FROM model_version WHERE model = ?", name) > 0;
    }

    private Set<Integer> deleted(String name) throws SQLException {
        return Set.copyOf(transaction.readable(
                damage,
                row -> "The note that version %s of %s was deleted".formatted(row.getString("number"), name),
                "Its number may be given again. Restore fovea.db from a copy if numbers must stay apart.",
                "SELECT number FROM deleted_version WHERE model = ?",
                row -> row.getInt("number"),
                name));
    }

    /** Production is written twice, as an alias and as the last promotion; where one is damaged the other tells it. */
    private static void agree(List<Promotion> promotions, Map<Alias, Integer> aliases) {
        Optional<Promotion> last = promotions.isEmpty() ? Optional.empty() : Optional.of(promotions.getLast());
        Optional<Integer> production = Optional.ofNullable(aliases.get(Alias.PRODUCTION));
        if (production.isEmpty()) {
            last.ifPresent(promotion -> aliases.put(Alias.PRODUCTION, promotion.version()));
        } else if (last.map(Promotion::version).filter(production.get()::equals).isEmpty()) {
            promotions.add(
                    new Promotion(production.get(), last.map(Promotion::at).orElse(Instant.EPOCH)));
        }
    }

    private Rollout known(Rollout rollout, String name, Set<Integer> numbers) {
        if (rollout instanceof Rollout.Canary(int version, double ignored) && !numbers.contains(version)) {
            reportCanary(name, "there is no version " + version);
            return new Rollout.None();
        }
        return rollout;
    }

    private void reportCanary(String name, String why) {
        damage.report(
                "The canary of " + name,
                why,
                "All traffic goes to production. Start it again: fovea canary %s N PERCENT.".formatted(name));
    }

    List<AuditEntry> audit(String name, int limit) throws SQLException {
        return transaction.readable(
                damage,
                row -> "Entry %s of the audit trail".formatted(row.getString("revision")),
                "It is left out of lists. Restore fovea.db from a copy if the trail must be whole.",
                """
                SELECT revision, happened, who, action, model, version, reason, detail FROM audit
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
        return transaction.readable(
                damage,
                row -> "Version %s of %s".formatted(row.getString("number"), name),
                "It is left out. Register its model again: fovea import or fovea train.",
                """
                SELECT model, number, created, task, bundle, labels, note, lineage, metrics, evaluation,
                    size_bytes, parameters
                FROM model_version WHERE model = ? ORDER BY number
                """,
                this::version,
                name);
    }

    private List<Promotion> promotions(String name, Set<Integer> numbers) throws SQLException {
        return transaction.readable(
                damage,
                row -> "Promotion %s of %s".formatted(row.getString("position"), name),
                HISTORY.formatted(name),
                "SELECT position, version, promoted FROM promotion WHERE model = ? ORDER BY position",
                row -> new Promotion(
                        requireKnown(row.getInt("version"), numbers), Columns.instant(row.getLong("promoted"))),
                name);
    }

    private Map<Alias, Integer> aliases(String name, Set<Integer> numbers) throws SQLException {
        return transaction
                .readable(
                        damage,
                        row -> "The alias \"%s\" of %s".formatted(row.getString("alias"), name),
                        HISTORY.formatted(name),
                        "SELECT alias, version FROM model_alias WHERE model = ?",
                        row -> Map.entry(
                                Alias.valueOf(row.getString("alias")), requireKnown(row.getInt("version"), numbers)),
                        name)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static int requireKnown(int version, Set<Integer> numbers) {
        if (!numbers.contains(version)) {
            throw new IllegalArgumentException("there is no version " + version);
        }
        return version;
    }

    private Rollout rollout(ResultSet row, String name) throws SQLException {
        int version = row.getInt("canary_version");
        if (row.wasNull()) {
            return new Rollout.None();
        }
        double percent = row.getDouble("canary_percent");
        if (!(percent > 0 && percent <= 100)) {
            reportCanary(name, "its share is \"%s\" %%".formatted(row.getString("canary_percent")));
            return new Rollout.None();
        }
        return new Rollout.Canary(version, percent);
    }

    /** What is said of a version may be damaged without the version: it is served from its bundle. */
    private ModelVersion version(ResultSet row) throws SQLException {
        int number = row.getInt("number");
        if (number < 1) {
            throw new IllegalArgumentException("its number is \"%s\"".formatted(row.getString("number")));
        }
        return new ModelVersion(
                number,
                Columns.instant(row.getLong("created")),
                new Registration(
                        row.getString("model"),
                        row.getString("task"),
                        row.getString("bundle"),
                        column(row, "labels", new TypeReference<List<String>>() {}, List.of()),
                        row.getString("note"),
                        column(row, "lineage", new TypeReference<Lineage>() {}, Lineage.imported("", "", "")),
                        column(row, "metrics", new TypeReference<Map<String, Double>>() {}, Map.of()),
                        row.getString("evaluation"),
                        row.getLong("size_bytes"),
                        row.getLong("parameters")));
    }

    private <T> T column(ResultSet row, String column, TypeReference<T> type, T otherwise) throws SQLException {
        String what =
                "The column %s of version %s of %s".formatted(column, row.getString("number"), row.getString("model"));
        return damage.read(
                        what,
                        "The version is served without it. Restore fovea.db from a copy, or register the model again: fovea import or fovea train.",
                        () -> Columns.value(row.getString(column), type))
                .orElse(otherwise);
    }
}
