package dev.fovea.server;

import dev.fovea.fault.FoveaException;
import dev.fovea.serving.Predictor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready means that each production model really answers a golden picture now. */
final class GoldenHealth implements HealthIndicator {

    private final Predictor predictor;

    GoldenHealth(Predictor predictor) {
        this.predictor = predictor;
    }

    @Override
    public Health health() {
        try {
            predictor.selfTest();
            return Health.up().build();
        } catch (FoveaException e) {
            return Health.down()
                    .withDetail("code", e.code())
                    .withDetail("message", e.getMessage())
                    .build();
        }
    }
}
