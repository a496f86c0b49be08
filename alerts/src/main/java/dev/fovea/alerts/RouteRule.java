package dev.fovea.alerts;

import java.time.Duration;
import java.util.Set;

/**
 * Which alerts are told on a route, and when.
 *
 * @param route its name
 * @param minSeverity less urgent alerts are not told
 * @param models empty for all, and for what concerns no model
 * @param kinds empty for all
 * @param groupWait a message waits so long for others about the same model
 * @param tellsResolved whether the end is told, too
 */
public record RouteRule(
        String route,
        Severity minSeverity,
        Set<String> models,
        Set<AlertKind> kinds,
        Duration groupWait,
        boolean tellsResolved) {

    /** Whether an event of a condition is told on the route. */
    public boolean takes(Condition condition, AlertEvent event) {
        return condition.severity().compareTo(minSeverity) >= 0
                && (models.isEmpty()
                        || condition.model().filter(models::contains).isPresent())
                && (kinds.isEmpty() || kinds.contains(condition.kind()))
                && (tellsResolved || event != AlertEvent.RESOLVED);
    }
}
