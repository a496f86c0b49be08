package dev.fovea.server;

import dev.fovea.serving.pool.ModelHealth;
import dev.fovea.serving.pool.ServedModels;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Readiness of each model, as the last background check found it; down when no model in production responds. */
final class ModelsHealth implements HealthIndicator {

    private final ServedModels models;

    ModelsHealth(ServedModels models) {
        this.models = models;
    }

    @Override
    public Health health() {
        Health.Builder health = models.isReady() ? Health.up() : Health.down();
        models.health().forEach(model -> health.withDetail(model.model(), details(model)));
        return health.build();
    }

    private static Map<String, Object> details(ModelHealth model) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", model.version());
        details.put("ready", model.isReady());
        model.problem().ifPresent(problem -> {
            details.put("code", problem.code());
            details.put("message", problem.getMessage());
        });
        return details;
    }
}
