package dev.fovea.server;

import dev.fovea.serving.pool.HealthCheck;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the home can be written, as the last background check found it. A full disk makes readiness "DEGRADED" and
 * leaves it at 200: predictions go on, only changes and statistics cannot be saved.
 */
final class StorageHealth implements HealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED", "Predictions go on; nothing can be saved.");

    private final HealthCheck check;

    StorageHealth(HealthCheck check) {
        this.check = check;
    }

    @Override
    public Health health() {
        return check.storageProblem()
                .map(problem -> Health.status(DEGRADED)
                        .withDetail("code", problem.code())
                        .withDetail("message", problem.getMessage())
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
