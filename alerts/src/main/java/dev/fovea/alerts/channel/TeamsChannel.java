package dev.fovea.alerts.channel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A channel of Microsoft Teams, by a webhook of Workflows: one Adaptive Card.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook">Incoming
 *     webhooks</a>; a message has at most 28 KB
 */
public final class TeamsChannel implements Channel {

    private static final int MAX_TEXT = 1500;
    private static final int MAX_SHOWN = 10;

    private final HttpPost post;

    public TeamsChannel(HttpReceiver receiver) {
        this.post = receiver.post();
    }

    @Override
    public String send(Notification notification) {
        return post.post(HttpPost.bytes(message(notification)), "application/json; charset=utf-8", Map.of());
    }

    private static Map<String, Object> message(Notification notification) {
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.put("contentUrl", null);
        attachment.put("content", card(notification));
        return Map.of("type", "message", "attachments", List.of(attachment));
    }

    private static Map<String, Object> card(Notification notification) {
        List<Object> body = new ArrayList<>();
        List<Object> actions = new ArrayList<>();
        List<Notification.Event> events = notification.events();
        body.add(text(notification.headline(), "Large", "Bolder", colour(events.getFirst())));
        for (Notification.Event event : events.subList(0, Math.min(MAX_SHOWN, events.size()))) {
            if (events.size() > 1) {
                body.add(text(event.headline(), "Medium", "Bolder", colour(event)));
            }
            if (!event.text().isBlank()) {
                body.add(text(Texts.cut(event.text(), MAX_TEXT), "Default", "Default", "Default"));
            }
            body.add(Map.of("type", "FactSet", "facts", facts(event)));
            notification
                    .link(event)
                    .ifPresent(link -> actions.add(Map.of(
                            "type",
                            "Action.OpenUrl",
                            "title",
                            events.size() > 1 ? Texts.cut(event.condition().title(), 40) : "Evidence",
                            "url",
                            link)));
        }
        if (events.size() > MAX_SHOWN) {
            body.add(text("… and %d more".formatted(events.size() - MAX_SHOWN), "Default", "Default", "Default"));
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("msteams", Map.of("width", "Full"));
        card.put("body", body);
        if (!actions.isEmpty()) {
            card.put("actions", actions);
        }
        return card;
    }

    private static Map<String, Object> text(String text, String size, String weight, String colour) {
        return Map.of("type", "TextBlock", "text", text, "size", size, "weight", weight, "color", colour, "wrap", true);
    }

    private static List<Map<String, String>> facts(Notification.Event event) {
        return List.of(
                fact("State", event.alert().state().word()),
                fact("Severity", event.condition().severity().word()),
                fact("Kind", event.condition().kind().word()),
                fact("When", event.times()));
    }

    private static Map<String, String> fact(String title, String value) {
        return Map.of("title", title, "value", value);
    }

    private static String colour(Notification.Event event) {
        return switch (event.what()) {
            case RESOLVED -> "Good";
            case ACKNOWLEDGED -> "Accent";
            case RAISED ->
                switch (event.condition().severity()) {
                    case CRITICAL -> "Attention";
                    case WARNING -> "Warning";
                    case INFO -> "Accent";
                };
        };
    }

    @Override
    public boolean isGrouping() {
        return true;
    }

    @Override
    public void close() {
        post.close();
    }
}
