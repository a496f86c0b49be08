package dev.fovea.server;

import dev.fovea.serving.pool.ModelHealth;
import dev.fovea.serving.pool.Predictor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Readiness of each model, as the last background check found it; down when no model in production responds. */
final class ModelsHealth implements HealthIndicator {

    private final Predictor predictor;

    ModelsHealth(Predictor predictor) {
        this.predictor = predictor;
    }

    @Override
    public Health health() {
        Health.Builder health = predictor.isReady() ? Health.up() : Health.down();
        predictor.health().forEach(model -> health.withDetail(model.model(), details(model)));
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
