package dev.fovea.alerts.channel;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prometheus' Alertmanager, by its API v2. It takes an alert that it does not hear of again for resolved, and loses all
 * when it restarts; so open alerts are sent again every minute with an end four minutes ahead, as Prometheus does.
 *
 * @see <a href="https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">its API</a>
 */
public final class AlertmanagerChannel implements Channel {

    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final Duration AHEAD = Duration.ofMinutes(4);

    private final HttpPost post;
    private final InstantSource clock;

    /** @param receiver with an address that ends in {@code /api/v2/alerts} */
    public AlertmanagerChannel(HttpReceiver receiver) {
        this.post = receiver.post();
        this.clock = receiver.clock();
    }

    @Override
    public String send(Notification notification) {
        return post(notification);
    }

    @Override
    public void refresh(List<Alert> open, Optional<URI> server) {
        List<Notification.Event> events = new ArrayList<>();
        open.forEach(alert -> events.add(new Notification.Event(alert.id(), AlertEvent.RAISED, alert.raised(), alert)));
        String _ = post(new Notification(events, server));
    }

    private String post(Notification notification) {
        return post.post(
                HttpPost.bytes(notification.events().stream()
                        .map(event -> alert(notification, event))
                        .toList()),
                "application/json",
                Map.of());
    }

    private Map<String, Object> alert(Notification notification, Notification.Event event) {
        Condition condition = event.condition();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", condition.kind().alertName());
        labels.put("severity", condition.severity().word());
        condition.model().ifPresent(model -> labels.put("model", model));
        labels.put("fovea_key", condition.key());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labels", labels);
        json.put("annotations", Map.of("summary", condition.title(), "description", event.text()));
        json.put("startsAt", event.alert().raised().toString());
        json.put("endsAt", end(event).toString());
        notification.link(event).ifPresent(link -> json.put("generatorURL", link));
        return json;
    }

    private Instant end(Notification.Event event) {
        return switch (event.alert().state()) {
            case AlertState.Raised _, AlertState.Acknowledged _ ->
                clock.instant().plus(AHEAD);
            case AlertState.Resolved resolved -> resolved.at();
        };
    }

    @Override
    public boolean isGrouping() {
        return true;
    }

    /** It has no acknowledgments. */
    @Override
    public boolean knows(AlertEvent event) {
        return event != AlertEvent.ACKNOWLEDGED;
    }

    @Override
    public Optional<Duration> refreshEvery() {
        return Optional.of(REFRESH);
    }

    @Override
    public void close() {
        post.close();
    }
}
