package dev.fovea.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.channel.RecordingServer.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What each receiver gets, field by field, as its maker documents it. */
class HttpChannelsTest {

    private RecordingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RecordingServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Received sent(Channel channel, Notification notification) throws InterruptedException {
        try (channel) {
            String answer = channel.send(notification);
            assertThat(answer).startsWith("HTTP 20");
        }
        Received received = server.next();
        assertThat(received.method()).isEqualTo("POST");
        return received;
    }

    @Test
    void shouldSendCloudEventsInStructuredMode() throws Exception {
        Received received = sent(
                new WebhookChannel(server.receiver("/hook"), Optional.empty()),
                Samples.notification(AlertEvent.RAISED));
        assertThat(received.header("Content-Type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        JsonNode event = received.json();
        assertThat(event.propertyNames())
                .containsExactlyInAnyOrder(
                        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data");
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("id").asString()).isEqualTo("d-1");
        assertThat(event.get("source").asString()).isEqualTo("https://fovea.example.com/");
        assertThat(event.get("type").asString()).isEqualTo("dev.fovea.alert.raised");
        assertThat(event.get("subject").asString()).isEqualTo("drift/shirts:3");
        assertThat(Instant.parse(event.get("time").asString())).isEqualTo(Samples.NOON);
        assertThat(event.get("datacontenttype").asString()).isEqualTo("application/json");
        JsonNode data = event.get("data");
        assertThat(data.get("alert").asString()).isEqualTo("01A");
        assertThat(data.get("state").asString()).isEqualTo("raised");
        assertThat(data.get("kind").asString()).isEqualTo("drift");
        assertThat(data.get("severity").asString()).isEqualTo("warning");
        assertThat(data.get("model").asString()).isEqualTo("shirts");
        assertThat(data.get("title").asString()).isEqualTo("The confidence of shirts:3 fell");
        assertThat(data.get("detail").asString()).isEqualTo("Mean confidence 0.71, was 0.93 <&>");
        assertThat(data.get("since").asString()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(data.get("evidence").asString()).isEqualTo("https://fovea.example.com/#/models/shirts");
        assertThat(received.headers()).doesNotContainKey("webhook-signature");
    }

    @Test
    void shouldSignAsStandardWebhooksSay() throws Exception {
        byte[] key = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);
        Received received = sent(
                new WebhookChannel(
                        new HttpReceiver(
                                server.uri("/hook"),
                                List.of(),
                                Duration.ofSeconds(10),
                                InstantSource.fixed(Samples.LATER)),
                        Optional.of("whsec_" + Base64.getEncoder().encodeToString(key))),
                Samples.notification(AlertEvent.RESOLVED));
        String time = String.valueOf(Samples.LATER.getEpochSecond());
        assertThat(received.header("webhook-id")).isEqualTo("d-1");
        assertThat(received.header("webhook-timestamp")).isEqualTo(time);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(("d-1." + time + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(received.header("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(received.body())));
    }

    /** The example of the specification of Standard Webhooks. */
    @Test
    void shouldSignLikeTheReferenceImplementation() {
        Map<String, String> headers = new WebhookSigner("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .headers(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
        assertThat(headers).containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void shouldSendSlackOneMessageWithBlocks() throws Exception {
        Notification two = new Notification(
                List.of(Samples.event("d-1", AlertEvent.RAISED), Samples.event("d-2", AlertEvent.RESOLVED)),
                Optional.of(Samples.CONSOLE));
        JsonNode message =
                sent(new SlackChannel(server.receiver("/services/T/B/X")), two).json();
        assertThat(message.propertyNames()).containsExactlyInAnyOrder("text", "blocks");
        assertThat(message.get("text").asString()).isEqualTo("2 alerts about shirts");
        JsonNode header = message.get("blocks").get(0);
        assertThat(header.get("type").asString()).isEqualTo("header");
        assertThat(header.get("text").get("type").asString()).isEqualTo("plain_text");
        JsonNode section = message.get("blocks").get(1);
        assertThat(section.get("type").asString()).isEqualTo("section");
        assertThat(section.get("text").get("type").asString()).isEqualTo("mrkdwn");
        assertThat(section.get("text").get("text").asString())
                .isEqualTo(
                        "*WARNING shirts: The confidence of shirts:3 fell*\nMean confidence 0.71, was 0.93 &lt;&amp;&gt;");
        JsonNode context = message.get("blocks").get(2);
        assertThat(context.get("type").asString()).isEqualTo("context");
        assertThat(context.get("elements").get(0).get("text").asString())
                .isEqualTo("drift · since 2026-11-21T12:00:00Z · <https://fovea.example.com/#/models/shirts|Evidence>");
        assertThat(message.get("blocks")
                        .get(4)
                        .get("elements")
                        .get(0)
                        .get("text")
                        .asString())
                .contains("until 2026-11-21T12:30:00Z");
    }

    @Test
    void shouldKeepTheLimitsOfSlack() throws Exception {
        List<Notification.Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(new Notification.Event(
                    "d-" + i,
                    AlertEvent.RAISED,
                    Samples.NOON,
                    Samples.alert(
                            new Condition(
                                    "k" + i,
                                    Optional.of("shirts"),
                                    AlertKind.DRIFT,
                                    Severity.INFO,
                                    "t".repeat(300),
                                    "<".repeat(4000),
                                    Optional.empty(),
                                    Samples.NOON),
                            new AlertState.Raised(Samples.NOON))));
        }
        JsonNode blocks = sent(
                        new SlackChannel(server.receiver("/services/T/B/X")),
                        new Notification(events, Optional.empty()))
                .json()
                .get("blocks");
        assertThat(blocks.size()).isLessThanOrEqualTo(50);
        assertThat(StreamSupport.stream(blocks.spliterator(), false)
                        .filter(block -> block.get("type").asString().equals("section"))
                        .map(block -> block.get("text").get("text").asString()))
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(3000))
                .last()
                .isEqualTo("… and 40 more");
        assertThat(blocks.get(0).get("text").get("text").asString()).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void shouldSendTeamsAnAdaptiveCard() throws Exception {
        JsonNode message = sent(
                        new TeamsChannel(server.receiver("/workflows/x")),
                        Samples.notification(AlertEvent.ACKNOWLEDGED))
                .json();
        assertThat(message.get("type").asString()).isEqualTo("message");
        JsonNode attachment = message.get("attachments").get(0);
        assertThat(attachment.get("contentType").asString()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(attachment.get("contentUrl").isNull()).isTrue();
        JsonNode card = attachment.get("content");
        assertThat(card.get("$schema").asString()).isEqualTo("http://adaptivecards.io/schemas/adaptive-card.json");
        assertThat(card.get("type").asString()).isEqualTo("AdaptiveCard");
        assertThat(card.get("version").asString()).isEqualTo("1.4");
        assertThat(card.get("body").get(0).get("type").asString()).isEqualTo("TextBlock");
        assertThat(card.get("body").get(0).get("text").asString())
                .isEqualTo("ACKNOWLEDGED shirts: The confidence of shirts:3 fell");
        assertThat(card.get("body").get(1).get("text").asString()).contains("Acknowledged by ada: new lamp");
        assertThat(card.get("body").get(2).get("type").asString()).isEqualTo("FactSet");
        assertThat(card.get("body").get(2).get("facts").get(0).toString())
                .isEqualTo("{\"title\":\"State\",\"value\":\"acknowledged\"}");
        JsonNode action = card.get("actions").get(0);
        assertThat(action.get("type").asString()).isEqualTo("Action.OpenUrl");
        assertThat(action.get("url").asString()).isEqualTo("https://fovea.example.com/#/models/shirts");
    }

    @ParameterizedTest
    @CsvSource({"RAISED, trigger", "ACKNOWLEDGED, acknowledge", "RESOLVED, resolve"})
    void shouldSendPagerDutyEventsWithTheSameKey(AlertEvent event, String action) throws Exception {
        server.answers(202, Map.of(), "{\"status\":\"success\"}");
        JsonNode json = sent(
                        new PagerDutyChannel(server.receiver("/v2/enqueue"), "r".repeat(32), "here"),
                        Samples.notification(event))
                .json();
        assertThat(json.get("routing_key").asString()).isEqualTo("r".repeat(32));
        assertThat(json.get("event_action").asString()).isEqualTo(action);
        assertThat(json.get("dedup_key").asString()).isEqualTo("drift/shirts:3");
        assertThat(json.has("payload")).isEqualTo(event == AlertEvent.RAISED);
    }

    @Test
    void shouldGivePagerDutyThePayloadOfATrigger() throws Exception {
        server.answers(202, Map.of(), "{\"status\":\"success\"}");
        JsonNode json = sent(
                        new PagerDutyChannel(server.receiver("/v2/enqueue"), "key", "here"),
                        Samples.notification(AlertEvent.RAISED))
                .json();
        JsonNode payload = json.get("payload");
        assertThat(payload.propertyNames())
                .containsExactlyInAnyOrder(
                        "summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details");
        assertThat(payload.get("summary").asString()).isEqualTo("WARNING shirts: The confidence of shirts:3 fell");
        assertThat(payload.get("source").asString()).isEqualTo("here");
        assertThat(payload.get("severity").asString()).isIn("critical", "error", "warning", "info");
        assertThat(payload.get("timestamp").asString()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(payload.get("component").asString()).isEqualTo("shirts");
        assertThat(payload.get("class").asString()).isEqualTo("drift");
        assertThat(json.get("links").get(0).get("href").asString())
                .isEqualTo("https://fovea.example.com/#/models/shirts");
        assertThat(json.get("links").get(0).get("text").asString()).isEqualTo("Evidence");
        assertThat(json.get("client").asString()).isEqualTo("Fovea");
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "401, false",
        "404, false",
        "302, false",
        "408, true",
        "429, true",
        "500, true",
        "503, true"
    })
    void shouldTryAgainOnlyWhatMaySucceedLater(int status, boolean isRetryable) {
        server.answers(status, Map.of("Retry-After", "42", "Location", "/elsewhere"), "no /services/SECRET here");
        DeliveryFailed failed = catchThrowableOfType(DeliveryFailed.class, () -> {
            try (Channel channel = new SlackChannel(server.receiver("/services/SECRET"))) {
                channel.send(Samples.notification(AlertEvent.RAISED));
            }
        });
        assertThat(failed.isRetryable()).isEqualTo(isRetryable);
        assertThat(failed.text()).startsWith("HTTP " + status).doesNotContain("SECRET");
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(42));
        assertThat(server.left()).as("no redirection is followed").isOne();
    }

    @Test
    void shouldEndAHangingCallAtItsTimeout() {
        server.hangs();
        DeliveryFailed failed = catchThrowableOfType(DeliveryFailed.class, () -> {
            try (Channel channel = new WebhookChannel(
                    new HttpReceiver(server.uri("/"), List.of(), Duration.ofMillis(50), InstantSource.system()),
                    Optional.empty())) {
                channel.send(Samples.notification(AlertEvent.RAISED));
            }
        });
        assertThat(failed.isRetryable()).isTrue();
        assertThat(failed.text()).contains("50 ms");
    }

    @Test
    void shouldTellAlertmanagerWhenAnAlertEnds() throws Exception {
        AlertmanagerChannel channel = new AlertmanagerChannel(new HttpReceiver(
                server.uri("/api/v2/alerts"), List.of(), Duration.ofSeconds(10), InstantSource.fixed(Samples.LATER)));
        JsonNode raised =
                sent(channel, Samples.notification(AlertEvent.RAISED)).json().get(0);
        assertThat(raised.get("labels").toString())
                .isEqualTo(
                        "{\"alertname\":\"FoveaDrift\",\"fovea_key\":\"drift/shirts:3\",\"model\":\"shirts\",\"severity\":\"warning\"}");
        assertThat(raised.get("annotations").get("summary").asString()).isEqualTo("The confidence of shirts:3 fell");
        assertThat(raised.get("startsAt").asString()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(Instant.parse(raised.get("endsAt").asString())).isAfter(Samples.LATER);
        assertThat(raised.get("generatorURL").asString()).isEqualTo("https://fovea.example.com/#/models/shirts");
    }
}
