package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReleaseApiTest {

    private static final int KEYS = 600;

    private RunningServer server;
    private byte[] image;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with(RunningServer::shirts);
        image = BadInputApiTest.png(32, 32);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldPromoteTryAndRollBackAndKeepTheTrail() throws Exception {
        Reply promoted = server.post("/v1/models/shirts/promote", "{\"version\": 2, \"reason\": \"finds more holes\"}");
        assertThat(promoted.status()).as(promoted.body()).isEqualTo(200);
        assertThat(promoted.json().get("unchanged").asBoolean()).isFalse();
        assertThat(promoted.json().get("model").get("production").asInt()).isEqualTo(2);
        assertThat(version("any")).isEqualTo(2);

        Reply canary =
                server.post("/v1/models/shirts/canary", "{\"version\": 1, \"percent\": 5, \"reason\": \"compare\"}");
        assertThat(canary.json().get("canary").get("version").asInt()).isEqualTo(1);
        assertThat(canary.json().get("canary").get("percent").asDouble()).isEqualTo(5);
        Reply ended = server.post(
                "/v1/models/shirts/canary", "{\"version\": 1, \"percent\": 0, \"reason\": \"seen enough\"}");
        assertThat(ended.json().get("canary").isNull()).isTrue();

        Reply rollback = server.post("/v1/models/shirts/rollback", "{\"reason\": \"wrong on dark cloth\"}");
        assertThat(rollback.status()).as(rollback.body()).isEqualTo(200);
        assertThat(rollback.json().get("from").asInt()).isEqualTo(2);
        assertThat(rollback.json().get("to").asInt()).isEqualTo(1);
        assertThat(rollback.json().get("took_ms").asDouble()).isBetween(0.0, 1000.0);
        assertThat(rollback.json().get("model").get("production").asInt()).isEqualTo(1);
        assertThat(version("any")).isEqualTo(1);

        JsonNode audit = server.get("/v1/models/shirts").json().get("audit");
        assertThat(IntStream.range(0, audit.size())
                        .mapToObj(i -> audit.get(i).get("action").asString()))
                .containsExactly("rollback", "end_canary", "canary", "promote", "register", "promote", "register");
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> audit.get(i).get("reason").asString()))
                .containsExactly("wrong on dark cloth", "seen enough", "compare", "finds more holes");
        assertThat(audit.get(0).get("who").asString()).isEqualTo("api");
        assertThat(audit.get(0).get("detail").asString()).isEqualTo("2 → 1");
    }

    @Test
    void shouldSayThatItIsInProductionAlreadyAndLetTheCanaryGoOn() throws Exception {
        server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 20}");
        int trail = server.get("/v1/models/shirts").json().get("audit").size();
        Reply again = server.post("/v1/models/shirts/promote", "{\"version\": 1, \"reason\": \"once more\"}");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().get("unchanged").asBoolean()).isTrue();
        assertThat(again.json().get("message").asString())
                .contains("version 1 is in production already; nothing changed", "canary of version 2 goes on");
        JsonNode model = server.get("/v1/models/shirts").json();
        assertThat(model.get("production").asInt()).isEqualTo(1);
        assertThat(model.get("canary").get("version").asInt()).isEqualTo(2);
        assertThat(model.get("audit").size()).isEqualTo(trail);
        assertThat(canaryKeys()).isNotEmpty();
    }

    @Test
    void shouldRollBackWithoutABody() throws Exception {
        server.post("/v1/models/shirts/promote", "{\"version\": 2}");
        Reply rollback =
                server.send(server.request("/v1/models/shirts/rollback").POST(BodyPublishers.noBody()));
        assertThat(rollback.status()).as(rollback.body()).isEqualTo(200);
    }

    @Test
    void shouldSendItsShareToTheCanaryAndKeepEachKeyOnItsSide() throws Exception {
        server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 20}");
        Set<String> first = canaryKeys();
        // 600 keys at 20 %: the standard deviation is 9.8 keys, the tolerance four of them
        assertThat(first).hasSizeBetween(120 - 39, 120 + 39);
        assertThat(canaryKeys()).isEqualTo(first);

        server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 50}");
        Set<String> more = canaryKeys();
        assertThat((double) more.size()).isCloseTo(300, within(49.0));
        assertThat(more).containsAll(first);
    }

    private Set<String> canaryKeys() throws Exception {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            if (version("camera-" + i) == 2) {
                keys.add("camera-" + i);
            }
        }
        return keys;
    }

    @Test
    void shouldStickToTheImageWithoutAKey() throws Exception {
        server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 50}");
        int first = server.predict("shirts", image).json().get("version").asInt();
        for (int i = 0; i < 20; i++) {
            assertThat(server.predict("shirts", image).json().get("version").asInt())
                    .isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFollowAPromotionByTheCommandLineWithinTwoSeconds(boolean otherProcess) throws Exception {
        if (otherProcess) {
            Process child = Child.start(
                    "promote", "shirts", "2", "--home", server.home().toString());
            assertThat(child.waitFor()).isZero();
        } else {
            Run run = Run.of(
                    "promote",
                    "shirts",
                    "2",
                    "--reason",
                    "by hand",
                    "--home",
                    server.home().toString());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("version 2 is in production");
        }
        awaitAnswersBy(2);
        assertThat(Run.of("rollback", "shirts", "--home", server.home().toString())
                        .exit())
                .isZero();
        awaitAnswersBy(1);
        assertThat(Run.of(
                                "canary",
                                "shirts",
                                "2",
                                "100",
                                "--home",
                                server.home().toString())
                        .exit())
                .isZero();
        awaitAnswersBy(2);
    }

    private void awaitAnswersBy(int wanted) {
        await().atMost(Duration.ofSeconds(60)).until(() -> version("any") == wanted);
    }

    private int version(String key) throws IOException, InterruptedException {
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("X-Request-Key", key)
                .POST(BodyPublishers.ofByteArray(image)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("version").asInt();
    }
}
