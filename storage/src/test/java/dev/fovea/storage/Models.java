package dev.fovea.storage;

import dev.fovea.model.Lineage;
import dev.fovea.registry.Registration;
import java.util.List;
import java.util.Map;

/** Registrations for tests. */
final class Models {

    private Models() {}

    static Registration registration(String name, String note) {
        return registration(name, note, "{\"pictures\":180}");
    }

    static Registration evaluated(String name, String evaluation) {
        return registration(name, "", evaluation);
    }

    private static Registration registration(String name, String note, String evaluation) {
        return new Registration(
                name,
                "classification",
                "ab".repeat(32),
                List.of("none", "hole", "tear"),
                note,
                new Lineage("d1", "", Map.of("epochs", "12", "seed", "7"), "0.1.0", "2 cores", 61.5),
                Map.of("accuracy", 0.93, "mean_confidence", 0.95),
                evaluation,
                480_000,
                120_000);
    }
}
