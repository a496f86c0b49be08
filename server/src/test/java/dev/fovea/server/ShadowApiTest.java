package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A version in shadow, with real networks over HTTP. */
class ShadowApiTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String SHADOW = "/v1/models/shirts/shadow";
    private static final int IMAGES = 12;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with(RunningServer::shirts);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldCompareACandidateWithProductionAndAnswerNobodyWithIt() throws Exception {
        Reply started = put("{\"version\": 2}");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        List<JsonNode> answers = predictUntilCompared(IMAGES);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.get("version").asInt()).isEqualTo(1));

        JsonNode results = server.get(SHADOW).json().get("results");
        long different = results.get("different").asLong();
        assertThat(different)
                .as("two networks with other weights: " + results)
                .isBetween(1L, results.get("compared").asLong());
        assertThat(results.get("agreement").get("value").asDouble())
                .isCloseTo(1 - (double) different / results.get("compared").asLong(), within(1e-12));
        assertThat(results.get("changes").values().stream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isEqualTo(different);
        assertThat(results.get("failures")).isEmpty();

        JsonNode first = server.get(SHADOW + "/differences?limit=500")
                .json()
                .get("differences")
                .get(0);
        JsonNode own = answers.stream()
                .filter(answer -> answer.get("request_id")
                        .asString()
                        .equals(first.get("request_id").asString()))
                .findFirst()
                .orElseThrow();
        assertThat(first.get("production").asString())
                .startsWith(own.get("label").asString() + " ");
        assertThat(first.get("image").isNull())
                .as("nothing is kept unless asked for")
                .isTrue();
    }

    @Test
    void shouldKeepDifferingImagesForLabellingWhenAskedExceptThoseThatForbidIt() throws Exception {
        Reply created =
                server.post("/v1/datasets", "{\"name\": \"review\", \"task\": \"classification\", \"classes\": []}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(put("{\"version\": 2, \"images\": {\"dataset\": \"review\", \"max\": 3}}")
                        .status())
                .isEqualTo(200);
        List<JsonNode> answers = predictUntilCompared(IMAGES);
        JsonNode differences =
                server.get(SHADOW + "/differences?limit=500").json().get("differences");
        List<String> kept = IntStream.range(0, differences.size())
                .mapToObj(differences::get)
                .filter(each -> !each.get("image").isNull())
                .map(each -> each.get("image").asString())
                .toList();
        assertThat(kept).hasSizeBetween(1, 3);
        JsonNode items = server.get("/v1/datasets/review/items?size=500").json().get("items");
        assertThat(IntStream.range(0, items.size())
                        .mapToObj(i -> items.get(i).get("image").get("hash").asString()))
                .containsExactlyInAnyOrderElementsOf(kept);
        assertThat(items.get(0).get("tags").get("shadow").asString()).isEqualTo("shirts@2");
        List<String> forbidden = IntStream.range(0, answers.size())
                .filter(i -> i % 2 == 1)
                .mapToObj(i -> answers.get(i).get("request_id").asString())
                .toList();
        assertThat(IntStream.range(0, items.size())
                        .mapToObj(i -> items.get(i).get("tags").get("request").asString()))
                .doesNotContainAnyElementsOf(forbidden);
    }

    @Test
    void shouldGoOnAfterARestartAndStopWhenTold() throws Exception {
        assertThat(put("{\"version\": 2, \"percent\": 50}").status()).isEqualTo(200);
        predictUntilCompared(5);
        server.restart();
        JsonNode status = server.get(SHADOW).json();
        assertThat(status.get("percent").asDouble()).isEqualTo(50);
        assertThat(status.get("results").get("compared").asLong()).isGreaterThanOrEqualTo(5);
        predictUntilCompared(10);
        Reply stopped = server.send(server.request(SHADOW).DELETE());
        assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
        assertThat(server.get(SHADOW).code()).isEqualTo("SHADOW_UNKNOWN");
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() throws Exception {
        assertThat(put("{}").code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(put("{\"version\": 9}").code()).isEqualTo("VERSION_UNKNOWN");
        assertThat(put("{\"version\": 1}").body()).contains("in production already");
        assertThat(put("{\"version\": 2, \"percent\": 0}").body()).contains("give 0.01 to 100");
        assertThat(put("{\"version\": 2, \"images\": {\"dataset\": \"absent\", \"max\": 5}}")
                        .code())
                .isEqualTo("DATASET_UNKNOWN");
        assertThat(put("{\"version\": 2, \"images\": {\"dataset\": \"absent\", \"max\": 0}}")
                        .code())
                .isEqualTo("ARGUMENT_INVALID");
        assertThat(server.get(SHADOW).body()).contains("fovea shadow start shirts@VERSION");
        assertThat(put("{\"version\": 2}").status()).isEqualTo(200);
        assertThat(put("{\"version\": 2}").body()).contains("has a shadow already: version 2");
        assertThat(server.get(SHADOW + "/differences?limit=0").code()).isEqualTo("ARGUMENT_INVALID");
    }

    private Reply put(String json) throws Exception {
        return server.send(server.request(SHADOW)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    /** Sends new images until so many were compared: some may be left out while the candidate is loaded. */
    private List<JsonNode> predictUntilCompared(int wanted) {
        List<JsonNode> answers = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
            int number = answers.size();
            byte[] image = TestModels.image(FabricClass.values()[number % 3], number);
            var request = server.request("/v1/models/shirts/predict").POST(BodyPublishers.ofByteArray(image));
            answers.add(server.send(number % 2 == 0 ? request : request.header("X-Fovea-Keep", "never"))
                    .json());
            return server.get(SHADOW).json().get("results").get("compared").asLong() >= wanted;
        });
        return answers;
    }
}
