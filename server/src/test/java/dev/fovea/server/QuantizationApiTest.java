package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Smaller versions over HTTP; weights only, as the network is too small for integers to be faster. */
class QuantizationApiTest {

    private static final String PATH = "/v1/models/shirts/quantizations";
    private static final int IMAGES = 64;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path images;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            Files.write(images.resolve(i + ".jpg"), TestModels.image(FabricClass.values()[i % 3], i));
        }
        Files.writeString(images.resolve("broken.jpg"), "no image");
        server = RunningServer.with(RunningServer::shirts, Map.of("datasets.roots", images.toString()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldRegisterASmallerVersionAndTellHowFarItIs() throws Exception {
        JsonNode run = begun("{\"data\": \"%s\", \"precision\": \"int8-weights\", \"margin\": 10, \"note\": \"try\"}"
                .formatted(images));
        assertThat(run.get("model").asString()).isEqualTo("shirts");
        assertThat(run.get("version").asInt()).isEqualTo(1);
        JsonNode ended = ended(run);
        assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("registered");
        assertThat(ended.get("registered").asInt()).isEqualTo(3);
        assertThat(ended.get("report").get("precision").asString()).isEqualTo("int8-weights");
        JsonNode version = server.get("/v1/models/shirts/versions/3").json();
        assertThat(version.get("note").asString()).isEqualTo("try");
        assertThat(version.get("precision").asString()).isEqualTo("int8-weights");
        JsonNode versions = server.get("/v1/models/shirts").json().get("versions");
        assertThat(versions.get(0).get("precision").asString()).isEqualTo("int8-weights");
        assertThat(versions.get(1).get("precision").isNull()).isTrue();
        assertThat(version.get("quantization")).isEqualTo(ended.get("report"));
        JsonNode list = server.get("/v1/quantizations").json().get("quantizations");
        assertThat(list).hasSize(1);
        assertThat(list.get(0).get("report").isNull()).isTrue();
        assertThat(server.post("/v1/models/shirts/promote", "{\"version\": 3}").status())
                .isEqualTo(200);
    }

    @Test
    void shouldTellWhyThereIsNoVersion() throws Exception {
        JsonNode refused = ended(begun("{\"data\": \"%s\", \"margin\": 0}".formatted(images)));
        assertThat(refused.get("state").asString()).isEqualTo("refused");
        assertThat(refused.get("message").asString()).isNotBlank();
        assertThat(refused.get("report").get("layers")).isNotEmpty();
        Path few = Files.createDirectory(images.resolve("few"));
        JsonNode failed = ended(begun("{\"data\": \"%s\"}".formatted(few)));
        assertThat(failed.get("state").asString()).isEqualTo("failed");
        assertThat(failed.get("message").asString())
                .startsWith("DATASET_INVALID")
                .contains("few");
        assertThat(ended(begun("{}")).get("message").asString()).contains("not trained here");
        assertThat(server.get("/v1/models/shirts").json().get("latest").asInt()).isEqualTo(2);
    }

    @Test
    void shouldDoOneAtATime() throws Exception {
        JsonNode first = begun("{\"data\": \"%s\"}".formatted(images));
        Reply second = server.post(PATH, "{\"data\": \"%s\"}".formatted(images));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("STATE_CONFLICT");
        ended(first);
    }

    @Test
    void shouldEndWhatIsCancelledAndRegisterNothingOfIt() throws Exception {
        JsonNode run = begun("{\"data\": \"%s\"}".formatted(images));
        String path = "/v1/quantizations/" + run.get("id").asString();
        assertThat(cancelled(path).status()).isEqualTo(202);
        JsonNode ended = ended(run);
        assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("cancelled");
        assertThat(ended.get("message").asString()).isEqualTo("It was cancelled.");
        assertThat(server.get("/v1/models/shirts").json().get("latest").asInt()).isEqualTo(2);
        assertRefused(cancelled(path), 409, "STATE_CONFLICT");
        assertRefused(cancelled("/v1/quantizations/none"), 404, "NOT_FOUND");
        ended(begun("{}"));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() throws Exception {
        assertRefused(server.post("/v1/models/none/quantizations", "{}"), 404, "MODEL_UNKNOWN");
        assertRefused(server.post(PATH, "{\"version\": 9}"), 404, "VERSION_UNKNOWN");
        assertRefused(server.post(PATH, "{\"margin\": -1}"), 400, "ARGUMENT_INVALID");
        Reply old = server.post(PATH, "{\"gate\": 0.5}");
        assertRefused(old, 400, "ARGUMENT_INVALID");
        assertThat(old.json().get("detail").asString())
                .contains("\"gate\" is unknown; the fields are data, margin, note, precision, version");
        assertRefused(server.post(PATH, "{\"precision\": \"int4\"}"), 400, "ARGUMENT_INVALID");
        assertRefused(server.get("/v1/quantizations/none"), 404, "NOT_FOUND");
        assertThat(server.get("/v1/quantizations").json().get("quantizations")).isEmpty();
    }

    private static void assertRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private Reply cancelled(String path) throws Exception {
        return server.send(server.request(path).DELETE());
    }

    private JsonNode begun(String order) throws Exception {
        Reply reply = server.post(PATH, order);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(reply.json().get("state").asString()).isEqualTo("running");
        return reply.json();
    }

    private JsonNode ended(JsonNode run) throws Exception {
        String path = "/v1/quantizations/" + run.get("id").asString();
        return await().atMost(LIMIT)
                .until(
                        () -> server.get(path).json(),
                        now -> !now.get("state").asString().equals("running"));
    }
}
