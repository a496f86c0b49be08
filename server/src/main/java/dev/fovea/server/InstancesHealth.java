package dev.fovea.server;

import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.pool.StalledInstances;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Liveness: how many model instances stalled and were replaced; down while one could not be replaced. */
final class InstancesHealth implements HealthIndicator {

    private final ServedModels models;

    InstancesHealth(ServedModels models) {
        this.models = models;
    }

    @Override
    public Health health() {
        StalledInstances stalled = models.stalledInstances();
        Health.Builder health = stalled.missing() == 0 ? Health.up() : Health.down();
        return health.withDetail("replaced", stalled.replaced())
                .withDetail("missing", stalled.missing())
                .build();
    }
}
