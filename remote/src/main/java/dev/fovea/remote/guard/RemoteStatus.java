package dev.fovea.remote.guard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A remote model's status.
 *
 * @param name its local name
 * @param circuit the circuit breaker's state
 * @param running calls under way
 * @param month what it has cost this month
 * @param budget what it may cost
 * @param unmapped their labels that have no place in ours, with how often each was seen above the minimum confidence
 *     since the program started, most frequent first; at most 1,000 different ones are counted
 */
public record RemoteStatus(
        String name, Circuit circuit, int running, MonthlyCost month, Budget budget, Map<String, Long> unmapped) {

    public RemoteStatus {
        unmapped = Collections.unmodifiableMap(new LinkedHashMap<>(unmapped));
    }

    /** Whether calls go through. */
    public enum Circuit {
        /** They do. */
        CLOSED,
        /** They are refused at once, after too many failures. */
        OPEN,
        /** A few go through to see whether the service is well again. */
        HALF_OPEN
    }
}
