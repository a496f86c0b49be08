package dev.fovea.alerts.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A channel of Slack, by an incoming webhook: one message with blocks.
 *
 * @see <a href="https://api.slack.com/reference/block-kit/blocks">Block Kit</a>, whose limits are kept
 */
public final class SlackChannel implements Channel {

    private static final int MAX_HEADER = 150;
    private static final int MAX_SECTION = 3000;

    /** Of the 50 blocks that a message may have, two are needed for each alert. */
    private static final int MAX_SHOWN = 20;

    private final HttpPost post;

    public SlackChannel(HttpReceiver receiver) {
        this.post = receiver.post();
    }

    @Override
    public String send(Notification notification) {
        return post.post(HttpPost.bytes(message(notification)), "application/json; charset=utf-8", Map.of());
    }

    private static Map<String, Object> message(Notification notification) {
        List<Object> blocks = new ArrayList<>();
        blocks.add(Map.of(
                "type",
                "header",
                "text",
                Map.of("type", "plain_text", "text", Texts.cut(notification.headline(), MAX_HEADER), "emoji", false)));
        List<Notification.Event> events = notification.events();
        for (Notification.Event event : events.subList(0, Math.min(MAX_SHOWN, events.size()))) {
            blocks.add(section(body(event, events.size() > 1)));
            blocks.add(Map.of("type", "context", "elements", List.of(markdown(context(notification, event)))));
        }
        if (events.size() > MAX_SHOWN) {
            blocks.add(section("… and %d more".formatted(events.size() - MAX_SHOWN)));
        }
        return Map.of("text", escaped(notification.headline()), "blocks", blocks);
    }

    private static Map<String, Object> section(String text) {
        return Map.of("type", "section", "text", markdown(text));
    }

    private static Map<String, Object> markdown(String text) {
        return Map.of("type", "mrkdwn", "text", text);
    }

    private static String body(Notification.Event event, boolean withHeadline) {
        String text = escaped(event.text());
        String body = withHeadline ? "*%s*\n%s".formatted(escaped(event.headline()), text) : text;
        return Texts.cut(body.isBlank() ? escaped(event.headline()) : body, MAX_SECTION);
    }

    private static String context(Notification notification, Notification.Event event) {
        String times = "%s · %s".formatted(event.condition().kind().word(), event.times());
        return notification
                .link(event)
                .map(link -> "%s · <%s|Evidence>".formatted(times, escaped(link)))
                .orElse(times);
    }

    /** Slack reads these three as its own marks; so a title cannot call a channel. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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
