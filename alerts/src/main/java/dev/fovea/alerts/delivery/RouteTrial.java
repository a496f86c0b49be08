package dev.fovea.alerts.delivery;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.channel.DeliveryFailed;
import dev.fovea.alerts.channel.Notification;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a route took a test message.
 *
 * @param answer of the receiver, or why it did not take it
 */
public record RouteTrial(String route, String kind, boolean delivered, String answer) {

    /**
     * Sends a message to a route, once and at once: a raised alert, and its end, so that none stays open where it went.
     *
     * @param by who tries
     */
    public static RouteTrial of(AlertRoute route, Optional<URI> server, String by, Instant now) {
        String id = UlidCreator.getMonotonicUlid().toString();
        Condition condition = new Condition(
                "test/" + id,
                Optional.empty(),
                AlertKind.TEST,
                Severity.INFO,
                "Test of the route " + route.name(),
                "%s tests whether alerts arrive here. Nothing is wrong.".formatted(by),
                Optional.of("/"),
                now);
        Alert raised = new Alert(id, condition, new AlertState.Raised(now), now, 1, now, Optional.empty());
        Alert resolved = new Alert(id, condition, new AlertState.Resolved(now), now, 1, now, Optional.of(now));
        try {
            String answer = route.channel().send(notification(AlertEvent.RAISED, raised, server, now));
            if (route.rule().tellsResolved()) {
                answer = route.channel().send(notification(AlertEvent.RESOLVED, resolved, server, now));
            }
            return new RouteTrial(route.name(), route.kind(), true, answer);
        } catch (DeliveryFailed e) {
            return new RouteTrial(route.name(), route.kind(), false, e.text());
        }
    }

    private static Notification notification(AlertEvent event, Alert alert, Optional<URI> server, Instant now) {
        return new Notification(
                List.of(new Notification.Event(UlidCreator.getMonotonicUlid().toString(), event, now, alert)), server);
    }
}
