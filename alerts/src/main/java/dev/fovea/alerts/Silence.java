package dev.fovea.alerts;

import java.time.Instant;
import java.util.Optional;

/**
 * Alerts that are not told for a while; they are still on record.
 *
 * @param model of these alerts; empty for all
 * @param kind of these alerts; empty for all
 * @param until when it ends
 * @param by who silenced
 * @param why the reason, required
 */
public record Silence(
        String id,
        Optional<String> model,
        Optional<AlertKind> kind,
        Instant from,
        Instant until,
        String by,
        String why) {

    /** Whether it holds back an alert at a time. */
    public boolean covers(Condition condition, Instant at) {
        return isActive(at)
                && model.map(name -> condition.model().filter(name::equals).isPresent())
                        .orElse(true)
                && kind.map(one -> one == condition.kind()).orElse(true);
    }

    /** Whether it is in force. */
    public boolean isActive(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
