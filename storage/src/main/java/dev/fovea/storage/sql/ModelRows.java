package dev.fovea.storage.sql;

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

/** Reads the registry's rows within one transaction; damaged rows are left out and reported. */
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
                "It is left out. Train or import it again under a valid name.",
                "SELECT name FROM model ORDER BY name",
                row -> ModelName.require(row.getString(1)));
    }

    /** Empty when there is no such model, all of its versions are deleted, or none is readable. */
    Optional<RegisteredModel> model(String name) throws SQLException {
        return known(name).filter(model -> !model.versions().isEmpty());
    }

    /** The same with models whose versions are all deleted. */
    Optional<RegisteredModel> known(String name) throws SQLException {
        Optional<Rollout> rollout = transaction.first(
                "SELECT canary_version, canary_percent, split FROM model WHERE name = ?",
                row -> TrafficColumns.rollout(row, name, damage),
                name);
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
        Rollout traffic = TrafficColumns.known(rollout.orElseThrow(), name, numbers, damage);
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

    /** The versions without traffic: where records disagree, a serving version continues to serve. */
    private static Set<Integer> idle(
            Set<Integer> numbers, List<Promotion> promotions, Map<Alias, Integer> aliases, Rollout rollout) {
        Set<Integer> idle = new HashSet<>(numbers);
        promotions.forEach(promotion -> idle.remove(promotion.version()));
        idle.removeAll(aliases.values());
        idle.removeIf(rollout::includes);
        return idle;
    }

    private Set<Integer> archived(String name, Set<Integer> idle) throws SQLException {
        return Set.copyOf(transaction.readable(
                damage,
                row -> "The record that version %s of %s is archived".formatted(row.getString("number"), name),
                "The version is listed. Archive it again: fovea archive %s@N.".formatted(name),
                "SELECT number FROM archived_version WHERE model = ?",
                row -> requireIdle(Columns.whole(row, "number", 1, Integer.MAX_VALUE), idle),
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
                row -> "The record that version %s of %s was deleted".formatted(row.getString("number"), name),
                "Its number may be used again. Restore fovea.db from a copy if numbers must be unique.",
                "SELECT number FROM deleted_version WHERE model = ?",
                row -> Columns.whole(row, "number", 1, Integer.MAX_VALUE),
                name));
    }

    /** Production is stored twice, as an alias and as the last promotion; if one is damaged, the other is used. */
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

    List<AuditEntry> audit(String name, int limit) throws SQLException {
        return transaction.readable(
                damage,
                row -> "Entry %s of the audit trail".formatted(row.getString("revision")),
                "It is left out of lists. Restore fovea.db from a copy if the trail must be complete.",
                """
                SELECT revision, happened, who, action, model, version, reason, detail FROM audit
                WHERE model = ? ORDER BY revision DESC LIMIT ?
                """,
                row -> new AuditEntry(
                        Columns.instant(row, "happened"),
                        Columns.text(row, "who"),
                        Columns.choice(row, "action", AuditEntry.Action.class),
                        Columns.text(row, "model"),
                        Columns.whole(row, "version", 0, Integer.MAX_VALUE),
                        Columns.text(row, "reason"),
                        Columns.text(row, "detail")),
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
                row -> promotion(row, name, numbers),
                name);
    }

    /** A promotion without a readable time stays. */
    private Promotion promotion(ResultSet row, String name, Set<Integer> numbers) throws SQLException {
        int version = requireKnown(Columns.whole(row, "version", 1, Integer.MAX_VALUE), numbers);
        String what = "The time of promotion %s of %s".formatted(row.getString("position"), name);
        return new Promotion(
                version,
                damage.read(what, HISTORY.formatted(name), () -> Columns.instant(row, "promoted"))
                        .orElse(Instant.EPOCH));
    }

    private Map<Alias, Integer> aliases(String name, Set<Integer> numbers) throws SQLException {
        return transaction
                .readable(
                        damage,
                        row -> "The alias \"%s\" of %s".formatted(row.getString("alias"), name),
                        HISTORY.formatted(name),
                        "SELECT alias, version FROM model_alias WHERE model = ?",
                        row -> Map.entry(
                                Columns.choice(row, "alias", Alias.class),
                                requireKnown(Columns.whole(row, "version", 1, Integer.MAX_VALUE), numbers)),
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

    /** Damaged metadata do not affect the version, which is served from its bundle. */
    private ModelVersion version(ResultSet row) throws SQLException {
        return new ModelVersion(
                Columns.whole(row, "number", 1, Integer.MAX_VALUE),
                column(row, "created", () -> Columns.instant(row, "created"), Instant.EPOCH),
                new Registration(
                        Columns.text(row, "model"),
                        column(row, "task", () -> Columns.text(row, "task"), ""),
                        Columns.text(row, "bundle"),
                        column(
                                row,
                                "labels",
                                () -> List.copyOf(Columns.value(
                                        Columns.text(row, "labels"), new TypeReference<List<String>>() {})),
                                List.of()),
                        column(row, "note", () -> Columns.text(row, "note"), ""),
                        column(
                                row,
                                "lineage",
                                () -> Columns.value(Columns.text(row, "lineage"), new TypeReference<Lineage>() {}),
                                Lineage.imported("", "", "")),
                        new Registration.Quality(
                                column(
                                        row,
                                        "metrics",
                                        () -> Map.copyOf(Columns.value(
                                                Columns.text(row, "metrics"),
                                                new TypeReference<Map<String, Double>>() {})),
                                        Map.of()),
                                column(row, "evaluation", () -> Columns.text(row, "evaluation"), "")),
                        new Registration.NetworkSize(
                                column(
                                        row,
                                        "size_bytes",
                                        () -> Columns.whole(row, "size_bytes", 0, Long.MAX_VALUE),
                                        0L),
                                column(
                                        row,
                                        "parameters",
                                        () -> Columns.whole(row, "parameters", 0, Long.MAX_VALUE),
                                        0L))));
    }

    private <T> T column(ResultSet row, String column, Damage.Reading<T> reading, T otherwise) throws SQLException {
        String what =
                "The column %s of version %s of %s".formatted(column, row.getString("number"), row.getString("model"));
        return damage.read(
                        what,
                        "The version is served without it. Restore fovea.db from a copy, or register the model again: fovea import or fovea train.",
                        reading)
                .orElse(otherwise);
    }
}
