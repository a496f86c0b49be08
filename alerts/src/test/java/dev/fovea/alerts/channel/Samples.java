package dev.fovea.alerts.channel;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Alerts as examples. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final Instant LATER = Instant.parse("2026-11-21T12:30:00Z");
    static final URI CONSOLE = URI.create("https://fovea.example.com/");

    private Samples() {}

    static Condition condition(String key, String title) {
        return new Condition(
                key,
                Optional.of("shirts"),
                AlertKind.DRIFT,
                Severity.WARNING,
                title,
                "Mean confidence 0.71, was 0.93 <&>",
                Optional.of("/#/models/shirts"),
                NOON);
    }

    static Alert alert(Condition condition, AlertState state) {
        return new Alert(
                "01A",
                condition,
                state,
                NOON,
                1,
                NOON,
                state instanceof AlertState.Resolved ? Optional.of(LATER) : Optional.empty());
    }

    static Notification.Event event(String id, AlertEvent what) {
        AlertState state = switch (what) {
            case RAISED -> new AlertState.Raised(NOON);
            case ACKNOWLEDGED -> new AlertState.Acknowledged(LATER, "ada", "new lamp");
            case RESOLVED -> new AlertState.Resolved(LATER);
        };
        return new Notification.Event(
                id, what, NOON, alert(condition("drift/shirts:3", "The confidence of shirts:3 fell"), state));
    }

    static Notification notification(AlertEvent what) {
        return new Notification(List.of(event("d-1", what)), Optional.of(CONSOLE));
    }
}
