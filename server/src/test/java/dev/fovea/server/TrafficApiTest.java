package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The prediction log, with real networks over HTTP. */
class TrafficApiTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String PREDICTIONS = "/v1/models/shirts/predictions";

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with(RunningServer::shirts, Map.of("inference.tuning-timeout", "0s"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Reply predict(String id, String tags) throws Exception {
        return server.send(server.request("/v1/models/shirts/predict")
                .header("X-Request-Id", id)
                .header("X-Fovea-Tag", tags)
                .POST(BodyPublishers.ofByteArray(
                        TestModels.image(FabricClass.HOLE, Math.floorMod(id.hashCode(), 1000)))));
    }

    private JsonNode logged(String query, int count) {
        return await().atMost(LIMIT)
                .until(
                        () -> server.get(PREDICTIONS + query).json().get("predictions"),
                        predictions -> predictions.size() == count);
    }

    @Test
    void shouldLogWhatACallerGotWithItsTags() throws Exception {
        JsonNode answer = predict("order-1", "line=3, camera=b").json();
        predict("order-2", "line=4");

        JsonNode row = logged("?tag=line%3D3", 1).get(0);

        assertThat(row.get("request_id").asString()).isEqualTo("order-1");
        assertThat(row.get("version").asInt()).isEqualTo(answer.get("version").asInt());
        assertThat(row.get("output").get("labels").get(0).get("label").asString())
                .isEqualTo(answer.get("label").asString());
        assertThat(row.get("request").get("tags").get("camera").asString()).isEqualTo("b");
        assertThat(row.get("routing").get("role").asString()).isEqualTo("requested");
        assertThat(logged("?request=order-2", 1)).hasSize(1);
        assertThat(logged("", 2).get(0).get("request_id").asString()).isEqualTo("order-2");
    }

    @Test
    void shouldLogImagesOfTheOpenInferenceProtocol() throws Exception {
        byte[] image = TestModels.image(FabricClass.HOLE, 1);
        JsonNode answer = server.send(server.request("/v1/models/shirts/predict")
                        .header("X-Request-Id", "plain")
                        .POST(BodyPublishers.ofByteArray(image)))
                .json();

        infer("one", "seam=7", image);
        infer("two", "seam=8", image, TestModels.image(FabricClass.HOLE, 2));

        JsonNode one = logged("?tag=seam%3D7", 1).get(0);
        assertThat(one.get("request_id").asString()).isEqualTo("one");
        assertThat(one.get("output").get("labels").get(0).get("label").asString())
                .isEqualTo(answer.get("label").asString());
        assertThat(one.get("image").get("brightness").asDouble()).isPositive();
        assertThat(logged("?tag=seam%3D8", 2)
                        .valueStream()
                        .map(row -> row.get("request_id").asString()))
                .containsExactlyInAnyOrder("two:0", "two:1");
        assertThat(logged("?tag=key%3Dtwo", 2)).hasSize(2);
    }

    private void infer(String id, String tags, byte[]... images) throws Exception {
        String data = Arrays.stream(images)
                .map(image -> "\"" + Base64.getEncoder().encodeToString(image) + "\"")
                .collect(Collectors.joining(","));
        Reply reply = server.send(server.request("/v2/models/shirts/infer")
                .header("X-Fovea-Tag", tags)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"id\":\"%s\",\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[%d],\"data\":[%s]}]}"
                                .formatted(id, images.length, data))));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void shouldSumUpTheTraffic() throws Exception {
        for (int i = 0; i < 5; i++) {
            predict("r" + i, "line=1");
        }
        logged("", 5);

        JsonNode traffic = server.get("/v1/models/shirts/traffic").json();

        assertThat(traffic.get("predictions").asLong()).isEqualTo(5);
        assertThat(traffic.get("versions").get(0).get("version").asInt()).isEqualTo(1);
        assertThat(traffic.get("versions").get(0).get("latency_ms").get("p50").asDouble())
                .isPositive();
        assertThat(traffic.get("series")
                        .get(0)
                        .get("measures")
                        .get("brightness")
                        .get("mean")
                        .asDouble())
                .isBetween(1.0, 254.0);
        assertThat(traffic.get("losses").get("dropped").asLong()).isZero();
        assertThat(traffic.get("losses").get("problem").isNull()).isTrue();
        JsonNode filtered = server.get("/v1/models/shirts/traffic?tag=line%3D1").json();
        assertThat(filtered.get("versions")).as("counted from rows").isEqualTo(traffic.get("versions"));
        assertThat(server.get("/v1/models/shirts/traffic?tag=line%3D2")
                        .json()
                        .get("predictions")
                        .asLong())
                .isZero();
    }

    @Test
    void shouldRefuseATagThatIsNone() throws Exception {
        Reply reply = predict("order-1", "line");

        assertThat(reply.code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(reply.body()).contains("X-Fovea-Tag", "NAME=VALUE");
    }

    @Test
    void shouldRefuseATimeThatIsNone() throws Exception {
        Reply reply = server.get(PREDICTIONS + "?from=yesterday");

        assertThat(reply.code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(reply.body()).contains("yesterday", "2026-11-30");
    }

    @Test
    void shouldKnowOnlyModelsThatThereAre() throws Exception {
        assertThat(server.get("/v1/models/trousers/traffic").code()).isEqualTo("MODEL_UNKNOWN");
    }

    @Test
    void shouldReadWhatWasLoggedBeforeARestart() throws Exception {
        predict("before", "line=1");
        logged("", 1);
        server.restart();
        predict("after", "line=1");

        assertThat(logged("", 2).get(1).get("request_id").asString()).isEqualTo("before");
    }
}
