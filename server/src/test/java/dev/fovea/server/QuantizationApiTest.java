package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Smaller versions over HTTP; weights only, as the network is too small for integers to be faster. */
class QuantizationApiTest {

    private static final String WITHOUT_DATA = "{\"type\": \"quantize\", \"model\": \"shirts\"}";
    private static final int IMAGES = 64;

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
        String path = server.submitted(quantize("\"precision\": \"int8-weights\", \"margin\": 10, \"note\": \"try\""));
        String events = server.get(path + "/events").body();
        assertThat(events).contains("event: job\ndata: {").contains("\"state\":\"done\"");
        JsonNode details = server.get(path).json();
        JsonNode job = details.get("job");
        assertThat(job.get("request").get("type").asString()).isEqualTo("quantize");
        assertThat(job.get("request").get("version").asInt()).isEqualTo(1);
        assertThat(job.get("state").asString()).as(job.toString()).isEqualTo("done");
        assertThat(job.get("step").get("name").asString()).isNotBlank();
        assertThat(job.get("result").get("version").asInt()).isEqualTo(3);
        assertThat(details.get("report").get("precision").asString()).isEqualTo("int8-weights");
        JsonNode version = server.get("/v1/models/shirts/versions/3").json();
        assertThat(version.get("note").asString()).isEqualTo("try");
        assertThat(version.get("precision").asString()).isEqualTo("int8-weights");
        JsonNode versions = server.get("/v1/models/shirts").json().get("versions");
        assertThat(versions.get(0).get("precision").asString()).isEqualTo("int8-weights");
        assertThat(versions.get(1).get("precision").isNull()).isTrue();
        assertThat(version.get("quantization")).isEqualTo(details.get("report"));
        assertThat(server.get("/v1/jobs").json().get("jobs")).hasSize(1);
        assertThat(server.post("/v1/models/shirts/promote", "{\"version\": 3}").status())
                .isEqualTo(200);
    }

    @Test
    void shouldTellWhyThereIsNoVersion() throws Exception {
        JsonNode refused = server.job(quantize("\"margin\": 0"));
        assertThat(refused.get("job").get("state").asString()).isEqualTo("done");
        assertThat(refused.get("job").get("result").get("refused").asString()).isNotBlank();
        assertThat(refused.get("report").get("layers")).isNotEmpty();
        Path few = Files.createDirectory(images.resolve("few"));
        JsonNode failed = server.job("{\"type\": \"quantize\", \"model\": \"shirts\", \"data\": \"%s\"}".formatted(few))
                .get("job");
        assertThat(failed.get("state").asString()).isEqualTo("failed");
        assertThat(failed.get("failure").get("code").asString()).isEqualTo("DATASET_INVALID");
        assertThat(failed.get("failure").get("message").asString()).contains("few");
        JsonNode unknown = server.job(WITHOUT_DATA).get("job");
        assertThat(unknown.get("failure").get("message").asString())
                .contains("training data of the version are unknown");
        assertThat(server.get("/v1/models/shirts").json().get("latest").asInt()).isEqualTo(2);
    }

    @Test
    void shouldRunQueuedJobsOneAfterTheOther() throws Exception {
        String first = server.submitted(quantize("\"margin\": 0"));
        String second = server.submitted(WITHOUT_DATA);
        String third = server.submitted(WITHOUT_DATA);
        assertThat(cancelled(third).json().get("state").asString()).isEqualTo("cancelled");
        JsonNode later = server.ended(second).get("job").get("times");
        JsonNode earlier = server.ended(first).get("job").get("times");
        assertThat(Instant.parse(later.get("started_at").asString()))
                .isAfterOrEqualTo(Instant.parse(earlier.get("ended_at").asString()));
        assertThat(server.get(third)
                        .json()
                        .get("job")
                        .get("times")
                        .get("started_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void shouldEndWhatIsCancelledRegisterNothingOfItAndRunItAgain() throws Exception {
        String path = server.submitted(quantize("\"precision\": \"int8-weights\", \"margin\": 10"));
        assertThat(cancelled(path).status()).isEqualTo(202);
        JsonNode ended = server.ended(path);
        assertThat(ended.get("job").get("state").asString())
                .as(ended.toString())
                .isEqualTo("cancelled");
        assertThat(server.get("/v1/models/shirts").json().get("latest").asInt()).isEqualTo(2);
        assertRefused(cancelled(path), 409, "STATE_CONFLICT");
        assertRefused(cancelled("/v1/jobs/none"), 404, "NOT_FOUND");
        Reply again = server.post(path + "/restart", "");
        assertThat(again.status()).as(again.body()).isEqualTo(202);
        JsonNode done = server.ended("/v1/jobs/" + again.json().get("id").asString());
        assertThat(done.get("job").get("result").get("version").asInt()).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() throws Exception {
        assertRefused(submit("\"model\": \"none\""), 404, "MODEL_UNKNOWN");
        assertRefused(submit("\"model\": \"shirts\", \"version\": 9"), 404, "VERSION_UNKNOWN");
        assertRefused(submit("\"model\": \"shirts\", \"margin\": -1"), 400, "ARGUMENT_INVALID");
        assertRefused(submit("\"version\": 1"), 400, "ARGUMENT_INVALID");
        Reply old = submit("\"model\": \"shirts\", \"gate\": 0.5");
        assertRefused(old, 400, "ARGUMENT_INVALID");
        assertThat(old.json().get("detail").asString()).contains("\"gate\" is unknown; the fields are");
        assertRefused(submit("\"model\": \"shirts\", \"precision\": \"int4\""), 400, "ARGUMENT_INVALID");
        assertRefused(server.post("/v1/jobs", "{\"type\": \"sing\"}"), 400, "ARGUMENT_INVALID");
        assertRefused(server.post("/v1/jobs", "{\"model\": \"shirts\"}"), 400, "ARGUMENT_INVALID");
        assertRefused(server.get("/v1/jobs/none"), 404, "NOT_FOUND");
        assertRefused(server.get("/v1/jobs/none/events"), 404, "NOT_FOUND");
        assertRefused(server.get("/v1/jobs?limit=0"), 400, "ARGUMENT_INVALID");
        assertThat(server.get("/v1/jobs").json().get("jobs")).isEmpty();
    }

    private String quantize(String fields) {
        return "{\"type\": \"quantize\", \"model\": \"shirts\", \"data\": \"%s\", %s}".formatted(images, fields);
    }

    private Reply submit(String fields) throws Exception {
        return server.post("/v1/jobs", "{\"type\": \"quantize\", %s}".formatted(fields));
    }

    private static void assertRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.code()).as(reply.body()).isEqualTo(code);
    }

    private Reply cancelled(String path) throws Exception {
        return server.send(server.request(path).DELETE());
    }
}
