package dev.fovea.server;

import dev.fovea.serving.pool.Predictor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Liveness: how many model instances hung and were replaced; down while one could not be replaced. */
final class InstancesHealth implements HealthIndicator {

    private final Predictor predictor;

    InstancesHealth(Predictor predictor) {
        this.predictor = predictor;
    }

    @Override
    public Health health() {
        Predictor.HungInstances hung = predictor.hungInstances();
        Health.Builder health = hung.missing() == 0 ? Health.up() : Health.down();
        return health.withDetail("replaced", hung.replaced())
                .withDetail("missing", hung.missing())
                .build();
    }
}
