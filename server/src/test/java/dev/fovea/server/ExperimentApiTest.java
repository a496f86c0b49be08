package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.Rollout;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Experiments over three versions, with real networks over HTTP. */
class ExperimentApiTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String EXPERIMENT = "/v1/models/shirts/experiment";
    private static final int BETTER = 3;
    private static final String DESIGN = """
            {"variants": [{"version": 2, "percent": 30}, {"version": 3, "percent": 40}], "reason": "sales",
             "metric": {"figure": "orders"}, "effect": 0.1, "horizon": {"window": "5s", "longest": "1h"}}""";
    private static final List<byte[]> IMAGES = IntStream.range(0, 48)
            .mapToObj(i -> TestModels.image(FabricClass.values()[i % 3], i))
            .toList();

    private RunningServer server;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.with(models -> {
            models.promote(models.withTemperature("shirts", 1, 0.02));
            models.withTemperature("shirts", 1, 1);
            models.withTemperature("shirts", 1, 0.02);
        });
        assertThat(server.get(EXPERIMENT).code()).isEqualTo("NOT_FOUND"); // the API has started
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Nine of ten callers of version 3 order, and one of ten of the others. */
    @Test
    void shouldFindTheBetterOfThreeVersions() throws Exception {
        startExperiment(DESIGN);
        JsonNode end = callUntilEnded();
        JsonNode outcome = end.get("progress").get("outcome");
        assertThat(outcome.get("decision").asString()).as(end.toString()).isEqualTo("better");
        assertThat(outcome.get("version").asInt()).isEqualTo(BETTER);
        assertThat(end.get("progress").get("mismatch").isNull()).isTrue();
        assertThat(end.get("comparisons")).hasSize(3);
        JsonNode best = end.get("variants").get(2);
        assertThat(best.get("mean").asDouble()).isBetween(0.75, 1.0);
        assertThat(best.get("settled").asLong()).isGreaterThanOrEqualTo(100);
        assertThat(end.get("variants").get(0).get("mean").asDouble()).isBetween(0.0, 0.25);
        assertThat(end.get("values").get("counted").asLong()).isGreaterThanOrEqualTo(90);
        assertThat(predict("after").get("version").asInt()).isEqualTo(1);
        List<AuditEntry> trail = server.server().application().registry().audit("shirts", 2);
        assertThat(trail)
                .extracting(AuditEntry::action)
                .containsExactly(AuditEntry.Action.END_SPLIT, AuditEntry.Action.SPLIT);
        assertThat(trail.getFirst().who())
                .isEqualTo("experiment " + end.get("id").asString());
    }

    @Test
    void shouldPromoteTheBetterVersionWhereThatIsStated() throws Exception {
        startExperiment(DESIGN.replace("\"reason\": \"sales\"", "\"promote\": true"));
        JsonNode end = callUntilEnded();
        assertThat(end.get("progress").get("outcome").get("version").asInt()).isEqualTo(BETTER);
        assertThat(predict("after").get("version").asInt()).isEqualTo(BETTER);
    }

    /** Until the horizon is reached neither means nor differences are shown. */
    @Test
    void shouldShowResultsOfAFixedHorizonWhenItIsReached() throws Exception {
        startExperiment(DESIGN.replace("\"window\"", "\"units\": 90, \"window\""));
        List<JsonNode> looks = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            call(20);
            looks.add(server.get(EXPERIMENT).json());
            return isEnded(looks.getLast());
        });
        List<JsonNode> before = looks.stream()
                .filter(look -> look.get("progress").get("horizon").asDouble() < 1)
                .toList();
        assertThat(before).isNotEmpty().allSatisfy(look -> {
            assertThat(look.get("comparisons")).isEmpty();
            assertThat(look.get("variants"))
                    .allSatisfy(
                            variant -> assertThat(variant.get("mean").isNull()).isTrue());
        });
        assertThat(looks.getLast().get("progress").get("outcome").get("version").asInt())
                .as(looks.getLast().toString())
                .isEqualTo(BETTER);
    }

    /** Figures of requests without a key are joined by the id of the request, through the prediction log. */
    @Test
    void shouldJoinFiguresByRequest() throws Exception {
        startExperiment(DESIGN);
        List<String> ids = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            JsonNode response = predict(request());
            ids.add(response.get("request_id").asString());
            return units(server.get(EXPERIMENT).json()) >= 10;
        });
        report(ids.stream()
                .map("{\"request_id\": \"%s\", \"name\": \"orders\", \"value\": 1}"::formatted)
                .toList());
        report(List.of("{\"request_id\": \"none\", \"name\": \"orders\", \"value\": 1, \"time\": \"%s\"}"
                .formatted(Instant.now())));
        await().atMost(LIMIT)
                .until(() -> server.get(EXPERIMENT)
                                .json()
                                .get("values")
                                .get("counted")
                                .asInt()
                        == ids.size());
        JsonNode values = server.get(EXPERIMENT).json().get("values");
        assertThat(values.get("waiting").asInt()).isEqualTo(1);
        report(List.of(
                "{\"request_id\": \"%s\", \"name\": \"orders\", \"value\": 1, \"time\": \"2026-01-01T00:00:00Z\"}"
                        .formatted(ids.getFirst())));
        report(List.of(
                "{\"request_id\": \"%s\", \"name\": \"orders\", \"value\": 1, \"time\": \"2026-01-01T00:00:00Z\"}"
                        .formatted(ids.getFirst())));
        assertThat(server.get(EXPERIMENT).json().get("values").get("repeated").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterARestart() throws Exception {
        startExperiment(DESIGN);
        Map<String, Integer> versions = new TreeMap<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            String key = "caller " + sent;
            versions.put(key, predict(key).get("version").asInt());
            return units(server.get(EXPERIMENT).json()) >= 20;
        });
        server.restart();
        assertThat(units(server.get(EXPERIMENT).json())).isGreaterThanOrEqualTo(20);
        for (Map.Entry<String, Integer> one : versions.entrySet()) {
            assertThat(predict(one.getKey()).get("version").asInt()).isEqualTo(one.getValue());
        }
        assertThat(versions.values()).contains(1, 2, 3);
    }

    @Test
    void shouldExcludeOtherWaysToShareTraffic() throws Exception {
        startExperiment(DESIGN);
        Reply canary = server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 7}");
        assertThat(canary.code()).as(canary.body()).isEqualTo("STATE_CONFLICT");
        assertThat(canary.body()).contains("fovea experiment stop shirts");
        Reply rollout = server.post("/v1/models/shirts/rollout", "{\"version\": 2}");
        assertThat(rollout.code()).as(rollout.body()).isEqualTo("STATE_CONFLICT");
        assertThat(rollout.body()).contains("fovea experiment stop shirts");
        Reply second = server.post(EXPERIMENT, DESIGN);
        assertThat(second.code()).isEqualTo("STATE_CONFLICT");
        assertThat(second.body()).contains("An experiment of shirts is under way");

        JsonNode stopped =
                server.post(EXPERIMENT + "/stop", "{\"reason\": \"a fault\"}").json();
        assertThat(stopped.get("progress").get("outcome").get("decision").asString())
                .isEqualTo("stopped");
        assertThat(stopped.get("progress").get("outcome").get("reason").asString())
                .isEqualTo("a fault");
        assertThat(server.post(EXPERIMENT + "/stop", "").code()).isEqualTo("STATE_CONFLICT");

        assertThat(server.post("/v1/models/shirts/canary", "{\"version\": 2, \"percent\": 7}")
                        .status())
                .isEqualTo(200);
        Reply beside = server.post(EXPERIMENT, DESIGN);
        assertThat(beside.code()).isEqualTo("STATE_CONFLICT");
        assertThat(beside.body()).contains("is a canary of 7.0 %").contains("fovea canary shirts 2 0");
    }

    /** A person's promotion stands, and ends the experiment with a reason that names it. */
    @Test
    void shouldYieldToAPromotion() throws Exception {
        startExperiment(DESIGN);
        assertThat(server.post("/v1/models/shirts/promote", "{\"version\": 2}").status())
                .isEqualTo(200);
        await().atMost(LIMIT).until(() -> isEnded(server.get(EXPERIMENT).json()));
        JsonNode outcome = server.get(EXPERIMENT).json().get("progress").get("outcome");
        assertThat(outcome.get("decision").asString()).isEqualTo("undecided");
        assertThat(outcome.get("reason").asString()).startsWith("api changed traffic: promoted version 2");
        assertThat(server.server().application().registry().model("shirts").rollout())
                .isEqualTo(new Rollout.None());
    }

    @Test
    void shouldRefuseWhatCannotBeCompared() throws Exception {
        assertRefused("{}", "ARGUMENT_INVALID", "variants");
        assertRefused(DESIGN.replace("\"version\": 3", "\"version\": 9"), "VERSION_UNKNOWN", "9");
        assertRefused(DESIGN.replace("\"version\": 3", "\"version\": 1"), "STATE_CONFLICT", "in production");
        assertRefused(DESIGN.replace("\"version\": 3", "\"version\": 2"), "ARGUMENT_INVALID", "version 2 twice");
        assertRefused(DESIGN.replace("\"percent\": 40", "\"percent\": 70"), "ARGUMENT_INVALID", "100.0 % together");
        assertRefused(DESIGN.replace("\"percent\": 40", "\"percent\": 0"), "ARGUMENT_INVALID", "0.0 % for version 3");
        assertRefused(
                DESIGN.replace("\"effect\": 0.1", "\"effect\": 0"), "ARGUMENT_INVALID", "effect of interest is 0");
        assertRefused(DESIGN.replace("\"orders\"", "\"or ders\""), "ARGUMENT_INVALID", "or ders");
        assertRefused(DESIGN.replace("\"orders\"", "\"orders\", \"kind\": \"sum\""), "ARGUMENT_INVALID", "\\\"sum\\\"");
        assertRefused(
                DESIGN.replace("\"orders\"", "\"orders\", \"kind\": \"number\", \"range\": [1, 5]"),
                "ARGUMENT_INVALID",
                "must hold 0");
        assertRefused(DESIGN.replace("\"window\": \"5s\"", "\"window\": \"soon\""), "ARGUMENT_INVALID", "\\\"soon\\\"");
        assertThat(server.get(EXPERIMENT).code()).isEqualTo("NOT_FOUND");
        assertThat(server.get("/v1/models/socks/experiment").code()).isEqualTo("MODEL_UNKNOWN");
    }

    private void assertRefused(String body, String code, String named) throws Exception {
        Reply reply = server.post(EXPERIMENT, body);
        assertThat(reply.code()).as(reply.body()).isEqualTo(code);
        assertThat(reply.body()).contains(named);
    }

    private void startExperiment(String design) throws Exception {
        Reply started = server.post(EXPERIMENT, design);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().get("progress").get("state").asString()).isEqualTo("running");
    }

    private JsonNode callUntilEnded() {
        List<JsonNode> last = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            call(20);
            last.add(server.get(EXPERIMENT).json());
            return isEnded(last.getLast());
        });
        return last.getLast();
    }

    /** Sends requests of new callers, some of which order. */
    private void call(int callers) throws Exception {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            String key = "caller " + sent;
            int version = predict(key).get("version").asInt();
            boolean lucky = sent % 10 == 0;
            if (version == BETTER ? !lucky : lucky) {
                orders.add("{\"key\": \"%s\", \"name\": \"orders\", \"value\": 1}".formatted(key));
            }
        }
        if (!orders.isEmpty()) {
            report(orders);
        }
    }

    private void report(List<String> figures) throws Exception {
        Reply reply = server.post(
                "/v1/kpis", "{\"model\": \"shirts\", \"kpis\": [%s]}".formatted(String.join(", ", figures)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static boolean isEnded(JsonNode experiment) {
        return experiment.get("progress").get("state").asString().equals("ended");
    }

    private static long units(JsonNode experiment) {
        return experiment
                .get("variants")
                .valueStream()
                .mapToLong(variant -> variant.get("units").asLong())
                .sum();
    }

    private JsonNode predict(String key) throws IOException, InterruptedException {
        return predict(request().header("X-Request-Key", key));
    }

    private HttpRequest.Builder request() {
        return server.request("/v1/models/shirts/predict")
                .POST(BodyPublishers.ofByteArray(IMAGES.get(sent++ % IMAGES.size())));
    }

    private JsonNode predict(HttpRequest.Builder request) throws IOException, InterruptedException {
        Reply reply = server.send(request);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }
}
