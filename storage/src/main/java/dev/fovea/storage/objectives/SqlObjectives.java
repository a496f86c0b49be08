package dev.fovea.storage.objectives;

import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStore;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Objectives in the database. A damaged row is left out and reported. */
public final class SqlObjectives implements ObjectiveStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REMEDY = "They do not hold. State them again.";

    private final Database database;
    private final Damage damage;

    public SqlObjectives(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    private record ObjectivesDocument(List<ObjectiveDocument> objectives, Optional<Double> cpuHourPrice) {

        static ObjectivesDocument of(ServiceObjectives objectives) {
            return new ObjectivesDocument(
                    objectives.objectives().stream()
                            .map(one -> new ObjectiveDocument(one.indicator(), one.label(), one.target()))
                            .toList(),
                    objectives.cpuHourPrice());
        }

        ServiceObjectives objectivesOf() {
            return new ServiceObjectives(
                    objectives.stream()
                            .map(one -> new Objective(one.indicator(), one.label(), one.target()))
                            .toList(),
                    cpuHourPrice);
        }
    }

    private record ObjectiveDocument(Indicator indicator, Optional<String> label, double target) {}

    private record ModelObjectives(String model, ServiceObjectives objectives) {}

    @Override
    public ServiceObjectives objectives(String model) {
        return all().getOrDefault(model, ServiceObjectives.NONE);
    }

    @Override
    public Map<String, ServiceObjectives> all() {
        Map<String, ServiceObjectives> all = new TreeMap<>();
        database.read(transaction -> transaction.readable(
                        damage,
                        row -> "The objectives of %s".formatted(row.getString("model")),
                        REMEDY,
                        "SELECT model, document FROM objective ORDER BY model",
                        row -> new ModelObjectives(
                                StoredColumn.text(row, "model"),
                                StoredColumn.parsed(
                                        row,
                                        "document",
                                        text -> JSON.readValue(text, ObjectivesDocument.class)
                                                .objectivesOf()))))
                .forEach(one -> all.put(one.model(), one.objectives()));
        return all;
    }

    @Override
    public void change(String model, ServiceObjectives objectives) {
        int _ = database.write(transaction ->
                transaction.update("""
                INSERT INTO objective (model, document) VALUES (?, ?)
                ON CONFLICT (model) DO UPDATE SET document = excluded.document
                """, model, JSON.writeValueAsString(ObjectivesDocument.of(objectives))));
    }
}
