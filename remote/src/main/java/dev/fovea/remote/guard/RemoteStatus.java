package dev.fovea.remote.guard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A remote model's status.
 *
 * @param name its local name
 * @param circuit the circuit breaker's state
 * @param running concurrent calls
 * @param month its cost this month
 * @param budget its limit
 * @param unmapped unmapped labels of the service, with the count of each above the minimum confidence since the program
 *     started, most frequent first; at most 1,000 different ones are counted
 */
public record RemoteStatus(
        String name, Circuit circuit, int running, MonthlyCost month, Budget budget, Map<String, Long> unmapped) {

    public RemoteStatus {
        unmapped = Collections.unmodifiableMap(new LinkedHashMap<>(unmapped));
    }

    /** The states of the circuit breaker. */
    public enum Circuit {
        /** Calls pass. */
        CLOSED,
        /** Calls are refused at once, after too many failures. */
        OPEN,
        /** A few calls pass, to probe the service. */
        HALF_OPEN
    }
}
