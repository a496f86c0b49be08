package dev.fovea.serving.pool;

import dev.fovea.fault.FoveaException;
import java.util.Optional;

/**
 * Whether a model's production version gives responses, from the last health check.
 *
 * @param version in production
 * @param problem why it does not; empty when it does
 */
public record ModelHealth(String model, int version, Optional<FoveaException> problem) {

    /** Whether requests get responses. */
    public boolean isReady() {
        return problem.isEmpty();
    }
}
