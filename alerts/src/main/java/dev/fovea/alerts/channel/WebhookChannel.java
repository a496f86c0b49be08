package dev.fovea.alerts.channel;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.Condition;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Any HTTP receiver: each event is a CloudEvent 1.0 in structured mode.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     binding of CloudEvents</a>
 */
public final class WebhookChannel implements Channel {

    private static final String TYPE = "application/cloudevents+json; charset=utf-8";

    private final HttpPost post;
    private final InstantSource clock;
    private final Optional<WebhookSigner> signer;

    /** @param secret with which messages are signed */
    public WebhookChannel(HttpReceiver receiver, Optional<String> secret) {
        this.post = receiver.post();
        this.clock = receiver.clock();
        this.signer = secret.map(WebhookSigner::new);
    }

    @Override
    public String send(Notification notification) {
        Notification.Event event = notification.events().getFirst();
        byte[] body = HttpPost.bytes(cloudEvent(notification, event));
        return post.post(
                body,
                TYPE,
                signer.map(hmac -> hmac.headers(event.id(), clock.instant(), body))
                        .orElse(Map.of()));
    }

    private static Map<String, Object> cloudEvent(Notification notification, Notification.Event event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("specversion", "1.0");
        json.put("id", event.id());
        json.put("source", notification.server().map(Object::toString).orElse("/fovea"));
        json.put("type", "dev.fovea.alert." + event.what().word());
        json.put("subject", event.condition().key());
        json.put("time", event.at().toString());
        json.put("datacontenttype", "application/json");
        json.put("data", data(notification, event));
        return json;
    }

    private static Map<String, Object> data(Notification notification, Notification.Event event) {
        Alert alert = event.alert();
        Condition condition = event.condition();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("alert", alert.id());
        json.put("state", alert.state().word());
        json.put("kind", condition.kind().word());
        json.put("severity", condition.severity().word());
        condition.model().ifPresent(model -> json.put("model", model));
        json.put("title", condition.title());
        json.put("detail", event.text());
        json.put("since", condition.since().toString());
        json.put("raises", alert.raises());
        notification.link(event).ifPresent(link -> json.put("evidence", link));
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
