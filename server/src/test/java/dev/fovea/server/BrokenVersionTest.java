package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.server.RunningServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Of {@code shirts}, version 1 is sound and in production, 2 does not give what its proof says and 3 was changed on the
 * disk. The one version of {@code shoes}, in production, was changed on the disk before the start.
 */
class BrokenVersionTest {

    private static RunningServer server;
    private static byte[] image;

    @BeforeAll
    static void start() throws IOException {
        image = BadInputApiTest.png(40, 40);
        server = RunningServer.with(models -> {
            models.promote(models.register("shirts", 1));
            models.unprovable("shirts", 2, 0.5f);
            tamper(models.directory(models.register("shirts", 3)));
            ModelVersion shoes = models.register("shoes", 4);
            models.promote(shoes);
            tamper(models.directory(shoes));
        });
    }

    /** One bit of one weight. */
    private static void tamper(Path bundle) {
        try {
            Path file = bundle.resolve("model.onnx");
            byte[] onnx = Files.readAllBytes(file);
            onnx[onnx.length / 2] ^= 1;
            file.toFile().setWritable(true);
            Files.write(file, onnx);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldNotBeServedTwice() {
        assertThatThrownBy(() -> RunningServer.serve(server.home(), Map.of()))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("Another server uses the home");
    }

    @ParameterizedTest
    @CsvSource({"2, VALIDATION_FAILED, golden-hole.jpg", "3, BUNDLE_CORRUPT, model.onnx"})
    void shouldNotPromoteItOverTheApi(int version, String code, String named) throws Exception {
        Reply promote = server.post("/v1/models/shirts/promote", "{\"version\": " + version + "}");
        assertRefused(promote, code, named);
        assertRefused(
                server.post("/v1/models/shirts/canary", "{\"version\": " + version + ", \"percent\": 50}"),
                code,
                named);
        assertProductionAnswers();
        Reply shown = server.get("/v1/models/shirts");
        assertThat(shown.json().get("production").asInt()).isEqualTo(1);
        assertThat(shown.json().get("canary").isNull()).isTrue();
        assertThat(shown.json().get("versions").get(3 - version).get("state").asString())
                .isEqualTo("failed");
        assertThat(shown.json().get("versions").get(3 - version).get("failure").asString())
                .contains(named);
    }

    @Test
    void shouldSayByHowMuchTheProofIsOff() throws Exception {
        Reply promote = server.post("/v1/models/shirts/promote", "{\"version\": 2}");
        assertThat(promote.json().get("detail").asString())
                .contains("golden-hole.jpg", "the input tensor is the same", "off by 0.5000", "is allowed");
    }

    @ParameterizedTest
    @CsvSource({"2, VALIDATION_FAILED", "3, BUNDLE_CORRUPT"})
    void shouldNotAnswerWithItWhenAskedTo(int version, String code) throws Exception {
        Reply reply = server.send(
                server.request("/v1/models/shirts/predict?version=" + version).POST(BodyPublishers.ofByteArray(image)));
        assertRefused(reply, code, "");
    }

    @ParameterizedTest
    @CsvSource({"2, VALIDATION_FAILED, golden-hole.jpg", "3, BUNDLE_CORRUPT, model.onnx"})
    void shouldNotPromoteItByTheCommandLine(int version, String code, String named) throws Exception {
        Run run = Run.of(
                "promote",
                "shirts",
                Integer.toString(version),
                "--home",
                server.home().toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(code, named);
        assertProductionAnswers();
    }

    @Test
    void shouldStayWithTheSoundOneWhenTheRegistrySaysOtherwise() throws Exception {
        Registry registry = server.server().application().registry();
        registry.promote("shirts", 2, "test", "without a proof, as another program might");
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                assertProductionAnswers();
                return server.get("/v1/models/shirts")
                        .json()
                        .get("versions")
                        .get(1)
                        .get("state")
                        .asString()
                        .equals("failed");
            });
            for (int i = 0; i < 50; i++) {
                assertProductionAnswers();
            }
        } finally {
            registry.rollback("shirts", "test", "after the test");
        }
    }

    @Test
    void shouldServeTheOthersWhenOneModelIsBroken() throws Exception {
        assertRefused(server.predict("shoes", image), "BUNDLE_CORRUPT", "model.onnx");
        assertProductionAnswers();
    }

    @Test
    void shouldBeReadyForTheOthersAndSayWhichModelIsNot() throws Exception {
        assertThat(server.management("/health/liveness").status()).isEqualTo(200);
        Reply readiness = server.management("/health/readiness");
        assertThat(readiness.status()).isEqualTo(200);
        JsonNode models = readiness.json().get("components").get("models").get("details");
        assertThat(models.get("shirts").get("ready").asBoolean()).isTrue();
        assertThat(models.get("shoes").get("ready").asBoolean()).isFalse();
        assertThat(models.get("shoes").get("code").asString()).isEqualTo("BUNDLE_CORRUPT");
        assertThat(models.get("shoes").get("message").asString()).contains("model.onnx");
        assertThat(server.get("/v2/health/ready").status()).isEqualTo(200);
        assertThat(server.get("/v2/models/shirts/ready").status()).isEqualTo(200);
        assertThat(server.get("/v2/models/shoes/ready").status()).isEqualTo(503);
    }

    private static void assertProductionAnswers() throws Exception {
        Reply reply = server.predict("shirts", image);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("version").asInt()).isEqualTo(1);
    }

    private static void assertRefused(Reply reply, String code, String named) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().get("detail").asString()).contains(named).doesNotContain("Exception");
    }
}
