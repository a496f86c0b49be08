package dev.fovea.inference;

import dev.fovea.serving.pool.Predictor;
import java.util.Optional;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

/** Readiness over {@code /v2} and gRPC, which says the same as the management port. */
public final class Readiness {

    private final ApplicationAvailability availability;
    private final Predictor predictor;

    public Readiness(ApplicationAvailability availability, Predictor predictor) {
        this.availability = availability;
        this.predictor = predictor;
    }

    /** Whether the server takes requests. */
    boolean ofServer() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && predictor.isReady();
    }

    /** Whether requests for a model get responses: by {@code version}, or by the one in production. */
    boolean ofModel(String name, Optional<Integer> version) {
        return predictor.isReady(name, version);
    }
}
