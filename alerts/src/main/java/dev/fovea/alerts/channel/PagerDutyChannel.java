package dev.fovea.alerts.channel;

import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.Condition;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service of PagerDuty, by its Events API v2: trigger, acknowledge and resolve with the condition's key as
 * deduplication key.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2/trigger-events/">Events API v2</a>
 */
public final class PagerDutyChannel implements Channel {

    /** For services in the United States. */
    public static final URI ENDPOINT = URI.create("https://events.pagerduty.com/v2/enqueue");

    private static final int MAX_SUMMARY = 1024;

    private final HttpPost post;
    private final String routingKey;
    private final String source;

    /**
     * @param routingKey the integration key of the service
     * @param source what PagerDuty shows as the affected system: this server
     */
    public PagerDutyChannel(HttpReceiver receiver, String routingKey, String source) {
        this.post = receiver.post();
        this.routingKey = routingKey;
        this.source = source;
    }

    @Override
    public String send(Notification notification) {
        Notification.Event event = notification.events().getFirst();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("routing_key", routingKey);
        json.put("event_action", action(event.what()));
        json.put("dedup_key", event.condition().key());
        if (event.what() == AlertEvent.RAISED) {
            json.put("client", "Fovea");
            notification.server().ifPresent(server -> json.put("client_url", server.toString()));
            json.put("payload", payload(event));
            notification
                    .link(event)
                    .ifPresent(link -> json.put("links", List.of(Map.of("href", link, "text", "Evidence"))));
        }
        return post.post(HttpPost.bytes(json), "application/json", Map.of());
    }

    private static String action(AlertEvent event) {
        return switch (event) {
            case RAISED -> "trigger";
            case ACKNOWLEDGED -> "acknowledge";
            case RESOLVED -> "resolve";
        };
    }

    private Map<String, Object> payload(Notification.Event event) {
        Condition condition = event.condition();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("summary", Texts.cut(event.headline(), MAX_SUMMARY));
        json.put("source", source);
        json.put("severity", condition.severity().word());
        json.put("timestamp", condition.since().toString());
        condition.model().ifPresent(model -> json.put("component", model));
        json.put("group", "fovea");
        json.put("class", condition.kind().word());
        json.put(
                "custom_details",
                Map.of(
                        "detail",
                        event.text(),
                        "alert",
                        event.alert().id(),
                        "raises",
                        event.alert().raises()));
        return json;
    }

    @Override
    public boolean isGrouping() {
        return false;
    }

    @Override
    public void close() {
        post.close();
    }
}
