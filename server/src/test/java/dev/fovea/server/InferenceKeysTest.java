package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the Open Inference Protocol over HTTP, and what those hear who may not. */
class InferenceKeysTest {

    private static final String KEY = "a-key-of-more-than-16-characters";

    private static RunningServer server;
    private static InferenceCaller caller;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(TensorModels::register, Map.of("auth.api-keys", KEY));
        caller = new InferenceCaller(server);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2",
        "GET, /v2/models/echo",
        "GET, /v2/models/echo/ready",
        "GET, /v2/models/stats",
        "POST, /v2/models/echo/infer",
        "POST, /v2/repository/index",
        "POST, /v2/repository/models/echo/unload",
        "GET, /v2/nothing"
    })
    void shouldAskForAKey(String method, String path) throws Exception {
        InferenceCaller.Answer refused = caller.send(method, path, new byte[0], Map.of());
        refused.assertError(401, "Bearer");
        assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer");
        InferenceCaller.Answer wrong =
                caller.send(method, path, new byte[0], Map.of("Authorization", "Bearer " + KEY + "x"));
        wrong.assertError(401, "know");
        assertThat(wrong.body()).doesNotContain(KEY);
        assertThat(caller.send(method, path, new byte[0], Map.of("Authorization", "Bearer " + KEY))
                        .status())
                .isNotEqualTo(401);
        caller.post("/v2/repository/models/echo/load", new byte[0], Map.of("Authorization", "Bearer " + KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/health/live", "/v2/health/ready"})
    void shouldTellItsHealthToAnybody(String path) throws Exception {
        assertThat(caller.send("GET", path, new byte[0], Map.of()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%762/models/echo",
                "/v2;a=b/models/echo",
                "//v2/models/echo",
                "/v2/health/../models/echo",
                "/v2/health/%2e%2e/models/echo",
                "/v2/health/live/..%2f..%2fmodels/echo",
                "/v2/health;/../models/echo"
            })
    void shouldNotBeTalkedAroundByAnotherSpellingOfThePath(String path) throws Exception {
        String answer = RawHttp.exchange(
                server.server().port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("onnxruntime");
    }

    @Test
    void shouldBeAliveAndNotReadyOnceItDrains() throws Exception {
        try (RunningServer draining = RunningServer.with(TensorModels::register)) {
            draining.server().application().models().drain();
            RunningServer.Reply ready = draining.get("/v2/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.type()).isEqualTo("application/json");
            assertThat(ready.body()).isEqualTo("{\"ready\":false}");
            assertThat(draining.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
            assertThat(draining.get("/v2/models/echo/ready").status()).isEqualTo(503);
        }
    }
}
