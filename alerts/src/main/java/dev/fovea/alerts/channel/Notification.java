package dev.fovea.alerts.channel;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message: events about one model, or about the server.
 *
 * @param events at least one, the oldest first
 * @param server address of the console, for links; empty when it is not configured
 */
public record Notification(List<Event> events, Optional<URI> server) {

    public Notification {
        events = List.copyOf(events);
    }

    /**
     * What happened to one alert.
     *
     * @param id of the delivery; the same when it is sent again
     * @param at when it happened
     */
    public record Event(String id, AlertEvent what, Instant at, Alert alert) {

        /** What the alert is about. */
        public Condition condition() {
            return alert.condition();
        }

        /** {@code WARNING shirts: Mean confidence fell}; RESOLVED and ACKNOWLEDGED in place of the severity. */
        String headline() {
            String first = what == AlertEvent.RAISED ? condition().severity().name() : what.name();
            return "%s %s%s"
                    .formatted(
                            first,
                            condition().model().map(model -> model + ": ").orElse(""),
                            condition().title());
        }

        /** The detail, and who acknowledged it. */
        String text() {
            return alert.state() instanceof AlertState.Acknowledged taken && what == AlertEvent.ACKNOWLEDGED
                    ? "%s%nAcknowledged by %s%s"
                            .formatted(
                                    condition().detail(),
                                    taken.by(),
                                    taken.note().isEmpty() ? "." : ": " + taken.note())
                    : condition().detail();
        }

        /** {@code since 2026-11-30T08:00:00Z}, with the end of one that has ended. */
        String times() {
            String since = "since " + seconds(condition().since());
            return alert.state() instanceof AlertState.Resolved resolved && what == AlertEvent.RESOLVED
                    ? since + ", until " + seconds(alert.cleared().orElse(resolved.at()))
                    : since;
        }

        private static Instant seconds(Instant time) {
            return Instant.ofEpochSecond(time.getEpochSecond());
        }
    }

    /** One line for all. */
    String headline() {
        return events.size() == 1
                ? events.getFirst().headline()
                : "%d alerts%s"
                        .formatted(
                                events.size(),
                                events.getFirst()
                                        .condition()
                                        .model()
                                        .map(model -> " about " + model)
                                        .orElse(""));
    }

    /** Where the evidence is, if the address of the console is configured. */
    Optional<String> link(Event event) {
        return server.flatMap(console ->
                event.condition().evidence().map(path -> console.toString().replaceFirst("/$", "") + path));
    }
}
