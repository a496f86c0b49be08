package dev.fovea.rollout.experiment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Port: requests of a model as the prediction log has them. */
public interface LoggedRequests {

    /**
     * A request that the model's own version responded to.
     *
     * @param key that the request had
     * @param time of the response
     */
    record LoggedRequest(int version, Optional<String> key, Instant time) {}

    /** Those of these ids that are known, since a time. */
    Map<String, LoggedRequest> find(String model, Set<String> ids, Instant from);
}
