package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PredictApiTest {

    private static final byte[] IMAGE = TestModels.image(FabricClass.TEAR, 7);

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(RunningServer::shirts);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldAnswerWithEveryFieldOfTheApi() throws Exception {
        Reply reply = server.predict("shirts", IMAGE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith("application/json");
        JsonNode answer = reply.json();
        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder(
                        "model",
                        "version",
                        "served_by",
                        "escalated",
                        "escalation_failed",
                        "fallback",
                        "fallback_reason",
                        "task",
                        "embedding",
                        "heat_map",
                        "tasks",
                        "objects",
                        "cached",
                        "near",
                        "label",
                        "confidence",
                        "top",
                        "latency_ms",
                        "timings_ms",
                        "request_id",
                        "timestamp");
        assertThat(answer.get("model").asString()).isEqualTo("shirts");
        assertThat(answer.get("version").asInt()).isEqualTo(1);
        assertThat(answer.get("label").asString()).isIn(TestModels.LABELS);
        assertThat(answer.get("confidence").asDouble()).isBetween(1.0 / 3, 1.0);
        assertThat(answer.get("timings_ms").propertyNames())
                .containsExactlyInAnyOrder("decode", "preprocess", "queue", "infer", "postprocess");
        double stages = 0;
        for (JsonNode stage : answer.get("timings_ms")) {
            assertThat(stage.asDouble()).isNotNegative();
            stages += stage.asDouble();
        }
        assertThat(answer.get("latency_ms").asDouble()).isGreaterThanOrEqualTo(stages - 0.01);
        assertThat(answer.get("request_id").asString())
                .isEqualTo(reply.headers().get("x-request-id"));
        assertThat(Instant.parse(answer.get("timestamp").asString()))
                .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofSeconds(30)));
    }

    @Test
    void shouldRankAllLabelsWithConfidencesThatSumToOne() throws Exception {
        JsonNode answer = server.predict("shirts", IMAGE).json();
        double sum = 0;
        double before = 1;
        for (JsonNode ranked : answer.get("top")) {
            assertThat(ranked.get("confidence").asDouble()).isLessThanOrEqualTo(before);
            before = ranked.get("confidence").asDouble();
            sum += before;
        }
        assertThat(answer.get("top")).hasSize(3);
        assertThat(sum).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
        assertThat(answer.get("top").get(0).get("label")).isEqualTo(answer.get("label"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/jpeg",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "text/plain",
                "nonsense"
            })
    void shouldTakeTheBytesWhateverTheClientCallsThem(String type) throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict?top=1&version=1")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(IMAGE)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("top")).hasSize(1);
        assertThat(reply.json().get("label"))
                .isEqualTo(server.predict("shirts", IMAGE).json().get("label"));
    }

    @Test
    void shouldTakeAChunkedBody() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(IMAGE))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; name=\"file\"; filename=\"tear.jpg\"",
                "form-data; name=\"file\"",
                "form-data; name=\"image\"; filename=\"tear.jpg\""
            })
    void shouldTakeAMultipartForm(String disposition) throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict?top=2")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofByteArray(form(disposition))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("top")).hasSize(2);
    }

    @Test
    void shouldAskForAFileInAFormWithoutOne() throws Exception {
        Reply reply = server.send(server.request("/v1/models/shirts/predict")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofByteArray(form("form-data; name=\"comment\""))));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(reply.json().get("detail").asString()).contains("\"file\"");
    }

    private static byte[] form(String disposition) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--cut\r\nContent-Disposition: " + disposition + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.write(IMAGE);
        body.write("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    @Test
    void shouldAnswerWithTheStatedVersion() throws Exception {
        Reply reply = server.send(
                server.request("/v1/models/shirts/predict?version=2").POST(BodyPublishers.ofByteArray(IMAGE)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("version").asInt()).isEqualTo(2);
        assertThat(reply.json().get("confidence"))
                .isNotEqualTo(server.predict("shirts", IMAGE).json().get("confidence"));
    }

    @Test
    void shouldEchoASaneRequestIdAndReplaceAnother() throws Exception {
        Reply sane = server.send(server.request("/v1/models/shirts/predict")
                .header("X-Request-Id", "camera-4:roll.17/a@b=c,d")
                .POST(BodyPublishers.ofByteArray(IMAGE)));
        assertThat(sane.headers()).containsEntry("x-request-id", "camera-4:roll.17/a@b=c,d");
        assertThat(sane.json().get("request_id").asString()).isEqualTo("camera-4:roll.17/a@b=c,d");
        Reply strange = server.send(server.request("/v1/models/shirts/predict")
                .header("X-Request-Id", "<script>")
                .POST(BodyPublishers.ofByteArray(IMAGE)));
        assertThat(strange.headers().get("x-request-id")).matches("[0-9A-Z]{26}");
    }

    @Test
    void shouldCountRequestsAndErrorsInTheMetrics() throws Exception {
        server.predict("shirts", IMAGE);
        server.predict("shirts", "no image".getBytes(StandardCharsets.UTF_8));
        JsonNode metrics = server.get("/v1/models/shirts/metrics").json();
        JsonNode first = metrics.get("versions").get(0);
        assertThat(metrics.get("model").asString()).isEqualTo("shirts");
        assertThat(first.get("version").asInt()).isEqualTo(1);
        assertThat(first.get("requests").get("total").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(first.get("requests")
                        .get("errors")
                        .get("IMAGE_FORMAT_UNSUPPORTED")
                        .asInt())
                .isPositive();
        assertThat(first.get("latency_ms").propertyNames())
                .containsExactlyInAnyOrder("total", "decode", "preprocess", "queue", "infer", "postprocess");
        assertThat(first.get("images").get("formats").get("JPEG").asInt()).isPositive();
        assertThat(metrics.get("series").get(0).propertyNames())
                .containsExactlyInAnyOrder("at", "version", "requests", "errors", "p50", "p95", "p99", "confidence");
    }

    @Test
    void shouldListModelsAndShowVersionsAsTheApiSays() throws Exception {
        JsonNode summary = server.get("/v1/models").json().get("models").get(0);
        assertThat(summary.propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "task",
                        "labels",
                        "production",
                        "candidate",
                        "canary",
                        "split",
                        "versions",
                        "archived_versions",
                        "latest",
                        "accuracy",
                        "requests_per_second",
                        "alert");
        assertThat(summary.get("production").asInt()).isEqualTo(1);
        assertThat(summary.get("canary").isNull()).isTrue();
        JsonNode version = server.get("/v1/models/shirts/versions/1").json();
        assertThat(version.get("input").asString()).isEqualTo("[3, 32, 32] float32");
        assertThat(version.get("state").asString()).isEqualTo("ready");
        assertThat(version.get("contract").get("color").asString()).isEqualTo("RGB");
        assertThat(version.get("evaluation").isNull()).isTrue();
        assertThat(version.get("lineage").get("settings").get("seed").asString())
                .isEqualTo("1");
        JsonNode status = server.get("/v1/status").json();
        assertThat(status.get("program").asString()).isEqualTo("fovea");
        assertThat(status.get("models").asInt()).isEqualTo(1);
    }
}
