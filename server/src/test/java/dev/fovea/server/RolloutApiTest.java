package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Severity;
import dev.fovea.registry.AuditEntry;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.server.conditions.RolloutConditions;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rollouts that decide, with real networks over HTTP. */
class RolloutApiTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ROLLOUT = "/v1/models/shirts/rollout";
    private static final int WORSE = 2;
    private static final int EQUAL = 3;
    private static final String POLICY = """
            {"version": %d, "reason": "a new camera", "steps": [
              {"percent": 30, "least": "0s", "most": "1h"}, {"percent": 60, "least": "0s", "most": "1h"},
              {"percent": 100, "least": "0s", "most": "1h"}],
             "guards": [{"metric": "confidence", "margin": 0.2}, {"metric": "errors", "margin": 0.2}]}""";

    private static final List<byte[]> IMAGES = IntStream.range(0, 48)
            .mapToObj(i -> TestModels.image(FabricClass.values()[i % 3], i))
            .toList();

    private RunningServer server;
    private int sent;

    /** Version 1 in production, version 2 less sure of the same labels, and version 3 like version 1. */
    @BeforeEach
    void start() throws Exception {
        server = RunningServer.with(models -> {
            models.promote(models.withTemperature("shirts", 1, 0.02));
            models.withTemperature("shirts", 1, 1);
            models.withTemperature("shirts", 1, 0.02);
        });
        assertThat(server.get(ROLLOUT).code()).isEqualTo("NOT_FOUND"); // the API has started
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldRollBackAWorseCandidateAndSayWhy() throws Exception {
        Reply started = server.post(ROLLOUT, POLICY.formatted(WORSE));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().get("progress").get("percent").asDouble()).isEqualTo(30);
        JsonNode end = predictUntilEnded();
        JsonNode outcome = end.get("outcome");
        assertThat(outcome.get("decision").asString()).as(end.toString()).isEqualTo("rolled-back");
        assertThat(outcome.get("guard").asString()).isEqualTo("confidence");
        assertThat(outcome.get("by").isNull()).isTrue();
        JsonNode newest = end.at("/guards/0/course");
        assertThat(newest).as(end.toString()).isNotEmpty();
        assertThat(newest.get(newest.size() - 1).at("/images").asLong())
                .isEqualTo(end.at("/guards/0/images").asLong());
        assertThat(new RolloutConditions(
                                server.server().application().registry(),
                                server.server().application().rollouts(),
                                InstantSource.system())
                        .holding())
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.kind()).isEqualTo(AlertKind.ROLLOUT);
                    assertThat(condition.severity()).isEqualTo(Severity.WARNING);
                    assertThat(condition.title()).isEqualTo("shirts:2 was rolled back");
                    assertThat(condition.detail()).startsWith("confidence: ");
                });
        List<AuditEntry> trail = server.server().application().registry().audit("shirts", 10);
        assertThat(trail.getFirst().action()).isEqualTo(AuditEntry.Action.END_CANARY);
        assertThat(trail.getFirst().who()).isEqualTo("rollout " + end.get("id").asString());
        assertThat(trail.getFirst().reason()).startsWith("confidence: ");
        assertThat(predict("after").get("version").asInt()).isEqualTo(1);
    }

    @Test
    void shouldPromoteAnEqualCandidateOverARestart() throws Exception {
        assertThat(server.post(ROLLOUT, POLICY.formatted(EQUAL)).status()).isEqualTo(200);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
            predict("caller " + sent);
            return images(server.get(ROLLOUT).json()) >= 3;
        });
        server.restart();
        assertThat(images(server.get(ROLLOUT).json())).isGreaterThanOrEqualTo(3);
        JsonNode end = predictUntilEnded();
        assertThat(end.get("outcome").get("decision").asString())
                .as(end.toString())
                .isEqualTo("promoted");
        assertThat(predict("after").get("version").asInt()).isEqualTo(EQUAL);
        List<AuditEntry> trail = server.server().application().registry().audit("shirts", 10);
        assertThat(trail.getFirst().action()).isEqualTo(AuditEntry.Action.PROMOTE);
        assertThat(trail.getFirst().reason()).isEqualTo("all guards hold");
        // to the first share, to the second, and into production
        assertThat(trail.stream().filter(entry -> entry.who().startsWith("rollout ")))
                .hasSize(3);
    }

    /** The same caller stays with the same version while the share stays. */
    @Test
    void shouldKeepACallerOnItsVersion() throws Exception {
        assertThat(server.post(ROLLOUT, POLICY.formatted(EQUAL).replace("\"margin\": 0.2}, ", "\"margin\": 0.0001}, "))
                        .status())
                .isEqualTo(200);
        for (int caller = 0; caller < 20; caller++) {
            int first = predict("caller " + caller).get("version").asInt();
            assertThat(predict("caller " + caller).get("version").asInt()).isEqualTo(first);
        }
    }

    @Test
    void shouldBePausedResumedPromotedAndStoppedByHand() throws Exception {
        assertThat(server.post(ROLLOUT, POLICY.formatted(EQUAL)).status()).isEqualTo(200);
        assertThat(server.post(ROLLOUT + "/pause", "")
                        .json()
                        .get("progress")
                        .get("state")
                        .asString())
                .isEqualTo("paused");
        assertThat(server.post(ROLLOUT + "/resume", "")
                        .json()
                        .get("progress")
                        .get("state")
                        .asString())
                .isEqualTo("running");
        Reply stopped = server.post(ROLLOUT + "/stop", "{\"reason\": \"wrong labels\"}");
        assertThat(stopped.json().get("outcome").get("reason").asString()).isEqualTo("wrong labels");
        assertThat(stopped.json().get("outcome").get("by").asString()).isEqualTo("api");
        assertThat(server.post(ROLLOUT + "/stop", "").code()).isEqualTo("STATE_CONFLICT");
        assertThat(predict("after").get("version").asInt()).isEqualTo(1);

        assertThat(server.post(ROLLOUT, POLICY.formatted(EQUAL)).status()).isEqualTo(200);
        Reply promoted = server.post(ROLLOUT + "/promote", "");
        assertThat(promoted.json().get("outcome").get("decision").asString()).isEqualTo("promoted");
        assertThat(predict("after").get("version").asInt()).isEqualTo(EQUAL);
        assertThat(server.get("/v1/models/shirts/rollouts").json().get("rollouts"))
                .hasSize(2);
    }

    /** A person's command stands, and ends the rollout with a reason that names it. */
    @Test
    void shouldYieldToOtherCommands() throws Exception {
        for (String command : List.of("promote\", {\"version\": 2}", "canary\", {\"version\": 1, \"percent\": 7}")) {
            String[] parts = command.split("\", ");
            assertThat(server.post(ROLLOUT, POLICY.formatted(EQUAL)).status()).isEqualTo(200);
            assertThat(server.post("/v1/models/shirts/" + parts[0], parts[1]).status())
                    .isEqualTo(200);
            await().atMost(LIMIT)
                    .until(() -> server.get(ROLLOUT)
                            .json()
                            .get("progress")
                            .get("state")
                            .asString()
                            .equals("ended"));
            JsonNode outcome = server.get(ROLLOUT).json().get("outcome");
            assertThat(outcome.get("decision").asString()).isEqualTo("undecided");
            assertThat(outcome.get("reason").asString()).startsWith("api changed traffic: ");
        }
        Reply beside = server.post(ROLLOUT, POLICY.formatted(EQUAL));
        assertThat(beside.code()).isEqualTo("STATE_CONFLICT");
        assertThat(beside.body()).contains("is a canary of 7.0 %").contains("fovea canary shirts 1 0");
    }

    @Test
    void shouldRefuseWhatCannotBeDecided() throws Exception {
        assertRefused("{}", "ARGUMENT_INVALID", "version");
        assertRefused("{\"version\": 9}", "VERSION_UNKNOWN", "9");
        assertRefused("{\"version\": 1}", "STATE_CONFLICT", "shirts:1 is in production already");
        assertRefused(
                with("\"guards\": [{\"metric\": \"speed\", \"margin\": 1}]"), "ARGUMENT_INVALID", "there are errors");
        assertRefused(
                with("\"guards\": [{\"metric\": \"errors\", \"margin\": \"NaN\"}]"), "ARGUMENT_INVALID", "margin");
        assertRefused(with("\"guards\": [{\"metric\": \"errors\"}]"), "ARGUMENT_INVALID", "guards.margin");
        assertRefused(
                with("\"steps\": [{\"percent\": 5}, {\"percent\": 1}, {\"percent\": 100}]"),
                "ARGUMENT_INVALID",
                "fall from 5.0 % to 1.0 %");
        assertRefused(
                with("\"steps\": [{\"percent\": 5, \"least\": \"soon\"}, {\"percent\": 100}]"),
                "ARGUMENT_INVALID",
                "\\\"soon\\\"");
        assertRefused(with("\"wrong_promotion\": 0"), "ARGUMENT_INVALID", "wrong promotion is 0.0");
        assertThat(server.get(ROLLOUT).code()).isEqualTo("NOT_FOUND");
        assertThat(server.get("/v1/models/socks/rollout").code()).isEqualTo("MODEL_UNKNOWN");
        assertThat(server.post(ROLLOUT, POLICY.formatted(EQUAL)).status()).isEqualTo(200);
        assertRefused("{\"version\": 2}", "STATE_CONFLICT", "fovea rollout stop shirts");
    }

    private static String with(String field) {
        return "{\"version\": 3, %s}".formatted(field);
    }

    private void assertRefused(String body, String code, String named) throws Exception {
        Reply reply = server.post(ROLLOUT, body);
        assertThat(reply.code()).as(reply.body()).isEqualTo(code);
        assertThat(reply.body()).contains(named);
    }

    private static long images(JsonNode rollout) {
        return rollout.get("guards").get(0).get("images").asLong();
    }

    private JsonNode predict(String key) throws IOException, InterruptedException {
        byte[] image = IMAGES.get(sent++ % IMAGES.size());
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("X-Request-Key", key)
                .POST(BodyPublishers.ofByteArray(image)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** Sends images of many callers until the rollout is over. */
    private JsonNode predictUntilEnded() {
        List<JsonNode> last = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            for (int i = 0; i < 10; i++) {
                predict("caller " + sent);
            }
            last.add(server.get(ROLLOUT).json());
            return last.getLast().get("progress").get("state").asString().equals("ended");
        });
        return last.getLast();
    }
}
