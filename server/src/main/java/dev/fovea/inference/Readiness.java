package dev.fovea.inference;

import dev.fovea.serving.pool.ServedModels;
import java.util.Optional;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

/** Readiness over {@code /v2} and gRPC, which says the same as the management port. */
public final class Readiness {

    private final ApplicationAvailability availability;
    private final ServedModels models;

    public Readiness(ApplicationAvailability availability, ServedModels models) {
        this.availability = availability;
        this.models = models;
    }

    /** Whether the server takes requests. */
    boolean ofServer() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && models.isReady();
    }

    /** Whether requests for a model get responses: by {@code version}, or by the one in production. */
    boolean ofModel(String name, Optional<Integer> version) {
        return models.isReady(name, version);
    }
}
