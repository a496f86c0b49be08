package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.api.view.Views;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class CascadeApiTest {

    private static final byte[] IMAGE = TestModels.image(FabricClass.TEAR, 7);

    private GoogleService google;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        google = new GoogleService();
        server = RunningServer.with(models -> {
            models.promote(models.register("small", 1));
            models.promote(models.register("large", 2));
            models.file("remotes.json", google.remotes(100));
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        google.close();
    }

    @Test
    void shouldAnswerByTheSmallModelAloneTheLargeOneAloneAndTheSmallOneAgain() throws Exception {
        JsonNode alone = predict("small");
        assertThat(alone.get("served_by").asString()).isEqualTo("small:1");
        assertThat(alone.get("escalated").asBoolean()).isFalse();
        assertThat(alone.get("fallback").asBoolean()).isFalse();

        run("cascade", "set", "small", "--larger", "large", "--threshold", "2", "--reason", "all to the large one");
        JsonNode large = await(answer -> answer.get("escalated").asBoolean());
        assertThat(large.get("model").asString()).isEqualTo("small");
        assertThat(large.get("version").asInt()).isEqualTo(1);
        assertThat(large.get("served_by").asString()).isEqualTo("large:1");
        assertThat(large.get("escalation_failed").isNull()).isTrue();
        assertThat(large.get("confidence")).isEqualTo(predict("large").get("confidence"));

        run("cascade", "set", "small", "--larger", "large", "--threshold", "0");
        JsonNode small = await(answer -> !answer.get("escalated").asBoolean());
        assertThat(small.get("served_by").asString()).isEqualTo("small:1");
        assertThat(small.get("confidence")).isEqualTo(alone.get("confidence"));

        JsonNode shown = server.get("/v1/models/small").json();
        assertThat(shown.get("cascade").get("larger").asString()).isEqualTo("large");
        assertThat(shown.get("cascade").get("threshold").asDouble()).isZero();
        assertThat(shown.get("audit").get(1).get("action").asString()).isEqualTo("cascade");
        assertThat(shown.get("audit").get(1).get("detail").asString()).isEqualTo("to large below 2.0");
        assertThat(shown.get("audit").get(1).get("reason").asString()).isEqualTo("all to the large one");
        assertThat(shown.get("audit").get(1).get("version").isNull()).isTrue();

        run("cascade", "off", "small");
        assertThat(server.get("/v1/models/small").json().get("cascade").isNull())
                .isTrue();
    }

    @Test
    void shouldShowTheLiveShareBesideTheExpectedOneAndInTheMetrics() throws Exception {
        run("cascade", "set", "small", "--larger", "large", "--threshold", "2");
        await(answer -> answer.get("escalated").asBoolean());
        JsonNode live = server.get("/v1/models/small").json().get("cascade").get("live");
        assertThat(live.get("requests").asInt()).isEqualTo(live.get("escalated").asInt());
        assertThat(live.get("share").get("value").asDouble()).isEqualTo(1);
        assertThat(live.get("compared").asInt()).isEqualTo(live.get("escalated").asInt());
        assertThat(live.get("agreement").get("value").asDouble()).isBetween(0.0, 1.0);
        assertThat(server.management("/metrics").body())
                .contains("fovea_cascade_escalation_ratio{model=\"small\"} 1.0\n")
                .contains("fovea_cascade_escalations_total{model=\"small\"} "
                        + live.get("escalated").asInt())
                .contains("fovea_remote_circuit_state{remote=\"vision\",state=\"closed\"} 1.0\n");
    }

    @Test
    void shouldKeepTheCascadeOverARestart() throws Exception {
        run("cascade", "set", "small", "--larger", "large", "--threshold", "2");
        run("fallback", "set", "small", "--label", "none");
        await(answer -> answer.get("escalated").asBoolean());
        server.server().close();
        try (FoveaServer again = RunningServer.serve(server.home(), Map.of())) {
            Run shown = run("cascade", "show", "small", "--json");
            assertThat(shown.out()).contains("\"larger\" : \"large\"").contains("\"label\" : \"none\"");
            Views.Model model = HttpWiring.views(again.application()).model("small", false);
            assertThat(model.assistance().cascade().orElseThrow().threshold()).isEqualTo(2);
            assertThat(model.assistance().fallback().orElseThrow().label()).contains("none");
        }
    }

    @Test
    void shouldFollowADeclarationOfAnotherProcess() throws Exception {
        Process other = Child.start(
                "cascade",
                "set",
                "small",
                "--larger",
                "large",
                "--threshold",
                "2",
                "--home",
                server.home().toString());
        assertThat(other.waitFor()).isZero();
        assertThat(await(answer -> answer.get("escalated").asBoolean())
                        .get("served_by")
                        .asString())
                .isEqualTo("large:1");
    }

    @Test
    void shouldAskTheServiceElsewhereUntilItFailsAndThenLeaveItAlone() throws Exception {
        run("cascade", "set", "small", "--larger", "remote:vision", "--threshold", "2");
        JsonNode sure = await(answer -> answer.get("escalated").asBoolean());
        assertThat(sure.get("served_by").asString()).isEqualTo("remote:vision");
        assertThat(sure.get("label").asString()).isEqualTo("tear");
        assertThat(sure.get("confidence").asDouble()).isEqualTo(0.97);
        assertThat(sure.get("top")).hasSize(1);

        google.status = 503;
        assertThat(failure()).isEqualTo("REMOTE_FAILED");
        assertThat(failure()).isEqualTo("REMOTE_FAILED");
        int asked = google.calls.get();
        assertThat(failure()).isEqualTo("REMOTE_SUSPENDED");
        assertThat(google.calls.get()).isEqualTo(asked);

        JsonNode vision = server.get("/v1/remotes").json().get("remotes").get(0);
        assertThat(vision.get("name").asString()).isEqualTo("remote:vision");
        assertThat(vision.get("circuit").asString()).isEqualTo("open");
        assertThat(vision.get("month").get("calls").asInt()).isEqualTo(asked);
        assertThat(vision.get("month").get("cost").asDouble()).isEqualTo(0.5 * asked);
        assertThat(vision.get("unmapped").get("Textile").asInt()).isPositive();
        JsonNode live = server.get("/v1/models/small").json().get("cascade").get("live");
        assertThat(live.get("failures").get("REMOTE_FAILED").asInt()).isEqualTo(2);
        assertThat(live.get("failures").get("REMOTE_SUSPENDED").asInt()).isEqualTo(1);
    }

    @Test
    void shouldAnswerByTheSmallModelOnceTheMonthsCeilingIsReached() throws Exception {
        server.close();
        server = RunningServer.with(models -> {
            models.promote(models.register("small", 1));
            models.file("remotes.json", google.remotes(1));
        });
        run("cascade", "set", "small", "--larger", "remote:vision", "--threshold", "2");
        await(answer -> answer.get("escalated").asBoolean());
        assertThat(predict("small").get("served_by").asString()).isEqualTo("remote:vision");
        assertThat(failure()).isEqualTo("REMOTE_SUSPENDED");
        assertThat(google.calls.get()).isEqualTo(2);
    }

    @Test
    void shouldAnswerForTheServiceByItsOwnName() throws Exception {
        JsonNode answer = predict("remote:vision");
        assertThat(answer.get("model").asString()).isEqualTo("remote:vision");
        assertThat(answer.get("version").isNull()).isTrue();
        assertThat(answer.get("served_by").asString()).isEqualTo("remote:vision");
        assertThat(answer.get("label").asString()).isEqualTo("tear");
        google.status = 400;
        Reply failed = server.predict("remote:vision", IMAGE);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.code()).isEqualTo("REMOTE_FAILED");
        Reply bad = server.predict("remote:vision", new byte[] {1, 2, 3});
        assertThat(bad.code()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
        assertThat(google.calls.get()).isEqualTo(2);
        assertThat(server.predict("remote:nobody", IMAGE).code()).isEqualTo("MODEL_UNKNOWN");
    }

    @Test
    void shouldRefuseWhatCannotBeACascade() throws Exception {
        assertThat(Run.of("cascade", "set", "small", "--larger", "small", "--threshold", "0.5", "--home", home())
                        .err())
                .startsWith("ARGUMENT_INVALID");
        assertThat(Run.of("cascade", "set", "small", "--larger", "remote:x", "--threshold", "0.5", "--home", home())
                        .err())
                .startsWith("MODEL_UNKNOWN")
                .contains("vision");
        assertThat(Run.of("fallback", "set", "small", "--label", "stain", "--home", home())
                        .err())
                .startsWith("LABELS_MISMATCH");
        assertThat(Run.of("cascade", "--home", home()).exit()).isEqualTo(2);
    }

    @Test
    void shouldGiveTheStatedLabelForAVersionThatDoesNotProveItself() throws Exception {
        server.close();
        server = RunningServer.with(models -> models.promote(models.unprovable("small", 1, 3)));
        assertThat(server.predict("small", IMAGE).code()).isEqualTo("VALIDATION_FAILED");
        run("fallback", "set", "small", "--label", "none", "--reason", "better than nothing");
        JsonNode answer = await(given -> given.path("fallback").asBoolean());
        assertThat(answer.get("label").asString()).isEqualTo("none");
        assertThat(answer.get("confidence").isNull()).isTrue();
        assertThat(answer.get("served_by").asString()).isEqualTo("default");
        assertThat(answer.get("fallback_reason").asString()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.get("version").isNull()).isTrue();
        assertThat(server.predict("small", new byte[] {1, 2, 3}).code()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
        assertThat(server.get("/v1/models/small")
                        .json()
                        .get("fallback")
                        .get("used")
                        .get("VALIDATION_FAILED")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.management("/metrics").body())
                .contains("fovea_fallbacks_total{code=\"VALIDATION_FAILED\",model=\"small\"} 1.0\n");
        run("fallback", "off", "small");
        assertThat(await(given -> given.has("code")).get("code").asString()).isEqualTo("VALIDATION_FAILED");
    }

    private String failure() throws Exception {
        JsonNode answer = predict("small");
        assertThat(answer.get("escalated").asBoolean()).isTrue();
        assertThat(answer.get("served_by").asString()).isEqualTo("small:1");
        return answer.get("escalation_failed").asString();
    }

    private JsonNode predict(String model) throws Exception {
        Reply reply = server.predict(model, IMAGE);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** Asks until the server has followed. */
    private JsonNode await(Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> server.predict("small", IMAGE).json(), wanted);
    }

    private Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home();
        Run run = Run.of(all);
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private String home() {
        return server.home().toString();
    }
}
