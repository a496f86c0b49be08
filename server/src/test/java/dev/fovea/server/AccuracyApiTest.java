package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.cli.Fovea;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** True labels and business figures over HTTP and by command, joined to real predictions. */
class AccuracyApiTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String TRUTH = "/v1/models/shirts/truth";
    private static final String ACCURACY = "/v1/models/shirts/accuracy";
    private static final int IMAGES = 60;

    private RunningServer server;
    private final List<JsonNode> responses = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.with(models -> {
            RunningServer.shirts(models);
            models.application().home().evaluations().save(evaluation(), evaluated());
        });
        for (int i = 0; i < IMAGES; i++) {
            byte[] image = TestModels.image(FabricClass.values()[i % 3], i);
            responses.add(server.predict("shirts", image).json());
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldSayHowRightAVersionIsWithoutLabelsAndWithThem() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);
        JsonNode before = server.get(ACCURACY).json();
        assertThat(before.at("/estimated/trust/level").asString())
                .as("the evaluation has neither measures nor embeddings: " + before)
                .isIn("UNKNOWN", "NOT_TRUSTED");
        assertThat(before.get("verdict").asString()).startsWith("Estimated accuracy");

        Reply added = server.post(TRUTH, truths(40, 10, false));

        assertThat(added.json().get("joined").asInt()).as(added.body()).isEqualTo(40);
        JsonNode after = server.get(ACCURACY).json();
        assertThat(after.at("/known/sample/labels").asInt()).isEqualTo(40);
        assertThat(after.at("/known/labels_alone/value").asDouble()).isEqualTo(0.75);
        assertThat(after.at("/known/accuracy/low").asDouble()).isLessThan(0.75);
        assertThat(after.at("/error_rate/wrong").asInt()).isEqualTo(10);
        assertThat(after.get("verdict").asString())
                .startsWith("Accuracy ")
                .contains("(95 % interval ", "with 40 labels", ": 10 of 40 labelled predictions were wrong");
        JsonNode days = server.get(ACCURACY + "/course").json().get("days");
        assertThat(sum(days, "/predictions")).as(days.toString()).isEqualTo(IMAGES);
        assertThat(sum(days, "/known/labels")).isEqualTo(40);
        assertThat(server.get(ACCURACY + "?version=2").json().get("verdict").asString())
                .isEqualTo("Nothing is known: the prediction log has no predictions of this version in this time.");
    }

    @Test
    void shouldKeepTheEstimateFirstUntilThereAreLabelsEnough() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);
        assertThat(server.post(TRUTH, truths(19, 1, false)).status()).isEqualTo(200);

        JsonNode report = server.get(ACCURACY).json();

        assertThat(report.get("verdict").asString())
                .startsWith("Estimated accuracy without labels: ")
                .contains("There are 19 labels of these predictions. Labels tell accuracy from 20 on.");
        assertThat(report.get("known").isNull()).isTrue();
        assertThat(server.post(TRUTH, truths(20, 1, false)).status()).isEqualTo(200);
        assertThat(server.get(ACCURACY).json().get("verdict").asString()).startsWith("Accuracy ");
    }

    @Test
    void shouldLeaveLabelsInTheTestOfErrorsThatCameBeforeAPlanDrewThem() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);
        assertThat(server.post(TRUTH, truths(40, 10, false)).status()).isEqualTo(200);

        JsonNode plan = server.post(ACCURACY + "/plan", "{\"within\": 8}").json();

        assertThat(plan.get("labelled").asInt())
                .as("the plan drew some of them")
                .isPositive();
        JsonNode report = server.get(ACCURACY).json();
        assertThat(report.at("/error_rate/labels").asInt()).isEqualTo(40);
        assertThat(report.at("/error_rate/wrong").asInt()).isEqualTo(10);
        assertThat(sum(server.get(ACCURACY + "/course").json().get("days"), "/known/labels"))
                .isEqualTo(40);
        StringBuilder rest = new StringBuilder("request_id,label\n");
        plan.get("to_label").forEach(id -> rest.append("%s,hole%n".formatted(id.asString())));
        assertThat(csv(rest.toString()).status()).isEqualTo(200);
        assertThat(server.get(ACCURACY).json().at("/error_rate/labels").asInt())
                .as("what the plan drew before its label came is no random sample")
                .isEqualTo(40);
    }

    @Test
    void shouldNeverPlanMoreLabelsThanARandomSampleTakes() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);

        JsonNode narrow = server.post(ACCURACY + "/plan", "{\"within\": 4}").json();
        JsonNode wide = server.post(ACCURACY + "/plan", "{\"within\": 15}").json();

        for (JsonNode plan : List.of(narrow, wide)) {
            assertThat(plan.get("to_label").size())
                    .as(plan.toString())
                    .isLessThanOrEqualTo(plan.get("without_predictions").asInt());
        }
        assertThat(narrow.get("verdict").asString()).contains("they are a random sample");
        assertThat(wide.get("to_label"))
                .as("the first of the plan that there is")
                .isNotEmpty()
                .hasSizeLessThan(narrow.get("to_label").size())
                .allSatisfy(id -> assertThat(narrow.get("to_label")).contains(id));
        StringBuilder labels = new StringBuilder("request_id,label\n");
        wide.get("to_label").forEach(id -> labels.append("%s,hole%n".formatted(id.asString())));
        assertThat(csv(labels.toString()).status()).isEqualTo(200);
        assertThat(server.get(ACCURACY).json().at("/known/sample/choice").asString())
                .isEqualTo("PLANNED");
        JsonNode wider = server.post(ACCURACY + "/plan", "{\"within\": 25}").json();
        assertThat(wider.get("to_label")).isEmpty();
        assertThat(wider.get("verdict").asString()).startsWith("The ").contains(" labels that this takes are there.");
        assertThat(server.get(ACCURACY + "/plans").json().get("plans")).hasSize(1);
    }

    @Test
    void shouldCountAndListWhatContradictsAndWaits() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);
        assertThat(server.post(TRUTH, truths(10, 0, false)).status()).isEqualTo(200);

        Reply contradicting = csv("request_id,label\n%s,%s\nnever-seen,hole\n".formatted(id(0), other(label(0))));

        assertThat(contradicting.json().get("conflicting").asInt())
                .as(contradicting.body())
                .isEqualTo(1);
        assertThat(contradicting.json().get("waiting").asInt()).isEqualTo(1);
        JsonNode state = server.get(TRUTH).json();
        assertThat(state.at("/conflicts/0/request_id").asString()).isEqualTo(id(0));
        assertThat(state.at("/waiting/0").asString()).isEqualTo("never-seen");
        Path file = Files.writeString(
                directory.resolve("labels.csv"), "request_id,label\n%s,%s\n".formatted(id(0), other(label(0))));
        String home = server.home().toString();
        assertThat(Fovea.run("truth", "add", "shirts", file.toString(), "--replace", "--home", home))
                .isZero();
        assertThat(server.get(ACCURACY).json().at("/error_rate/wrong").asInt()).isEqualTo(1);
        assertThat(Fovea.run("truth", "show", "shirts", "--home", home)).isZero();
        assertThat(Fovea.run("accuracy", "show", "shirts", "--home", home)).isZero();
    }

    @Test
    void shouldSayWhatWasPromisedAndWhatWasKept() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);
        assertThat(server.post(TRUTH, truths(60, 15, false)).status()).isEqualTo(200);
        server.predict("shirts", "no image".getBytes(StandardCharsets.UTF_8));
        String model = "/v1/models/shirts";

        Reply stated = put(model + "/objectives", """
                {"objectives": [{"indicator": "availability", "target": 99}, {"indicator": "p95", "target": 60000},
                  {"indicator": "accuracy", "target": 90}, {"indicator": "recall", "label": "hole", "target": 1},
                  {"indicator": "cost", "target": 1}], "cpu_hour_price": 0.04}
                """);

        assertThat(stated.status()).as(stated.body()).isEqualTo(200);
        JsonNode level = server.get(model + "/service-level").json();
        assertThat(level.at("/counts/answers").asInt()).isEqualTo(IMAGES);
        assertThat(level.at("/counts/rejected").asInt()).isEqualTo(1);
        assertThat(level.at("/counts/p95_ms").asDouble()).isPositive();
        assertThat(level.at("/cost/cpu_seconds").asDouble()).isPositive();
        assertThat(level.at("/objectives").findValuesAsString("name"))
                .containsExactly("availability", "p95", "accuracy", "recall:hole", "cost");
        assertThat(level.at("/objectives").findValuesAsString("verdict"))
                .as(level.toString())
                .startsWith("not-enough-data", "met", "missed")
                .endsWith("not-enough-data");
        assertThat(level.at("/objectives/2/value/source").asString()).isEqualTo("known");
        assertThat(level.at("/objectives/2/value/value").asDouble()).isEqualTo(75);
        assertThat(level.at("/objectives/1/burns/0/window").asString()).isEqualTo("1h");
        assertThat(level.get("verdict").asString()).startsWith("1 of 5 objectives is missed: accuracy.");
        Reply page = server.get(model + "/service-level/report");
        assertThat(page.type()).startsWith("text/html");
        assertThat(page.body())
                .contains("Service level of shirts", level.get("verdict").asString(), "<b class=\"MISSED\">missed</b>")
                .doesNotContain("<script", "http://", "https://");
        String home = server.home().toString();
        Path written = directory.resolve("month.html");
        assertThat(Fovea.run("objectives", "report", "shirts", "--out", written.toString(), "--home", home))
                .isZero();
        assertThat(written)
                .content()
                .contains("Recall of hole", "Latency p95", "price units")
                .endsWith("</body></html>\n");
        assertThat(Fovea.run("objectives", "show", "shirts", "--home", home)).isZero();
        assertThat(Fovea.run("objectives", "set", "shirts", "--p95", "2s", "--home", home))
                .isZero();
        assertThat(Fovea.run("objectives", "clear", "shirts", "cost", "accuracy", "--home", home))
                .isZero();
        assertThat(server.get(model + "/objectives").json().at("/objectives").findValuesAsString("name"))
                .containsExactly("availability", "p95", "recall:hole");
        assertThat(put(model + "/objectives", "{\"objectives\": [{\"indicator\": \"speed\", \"target\": 1}]}")
                        .body())
                .contains("The indicator \\\"speed\\\" is unknown", "error-rate");
        assertThat(put(model + "/objectives", "{\"objectives\": [{\"indicator\": \"p95\", \"target\": 0}]}")
                        .body())
                .contains("from 0.1 ms to 100 s");
        assertThat(Fovea.run("objectives", "set", "shirts", "--recall", "hloe=90", "--home", home))
                .isNotZero();
        assertThat(server.get(model + "/service-level?month=November").body()).contains("write it as 20");
        assertThat(server.get(model + "/service-level?month=2999-01").body()).contains("still to come");
        assertThat(server.get("/v1/models/absent/service-level").code()).isEqualTo("MODEL_UNKNOWN");
    }

    private Reply put(String path, String json) throws Exception {
        return server.send(
                server.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    @Test
    void shouldRefuseWhatIsNoTruthAndAddNothing() throws Exception {
        assertThat(csv("request_id,label\na,hloe\n").body())
                .contains(
                        "ANNOTATION_INVALID", "1 label is no class of shirts: hloe. Its classes are hole, none, tear.");
        assertThat(csv("id,label\na,hole\n").body()).contains("there is no column request_id");
        assertThat(csv("request_id,label\na,hole\nb\n").body()).contains("Line 3 of the CSV: it has 1 fields");
        assertThat(csv("").code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(server.post(TRUTH, "{\"truths\": []}").code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(server.post(TRUTH, "{\"truths\": [{\"request_id\": \"a\"}]}").body())
                .contains("give exactly one");
        assertThat(server.post("/v1/models/absent/truth", truths(1, 0, false)).code())
                .isEqualTo("MODEL_UNKNOWN");
        assertThat(server.get(TRUTH).json().at("/counts/stored").asInt()).isZero();
        assertThat(server.get(ACCURACY + "?days=0").code()).isEqualTo("ARGUMENT_INVALID");
    }

    @Test
    void shouldPlanLabelsAndKnowAccuracyFromThem() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);

        JsonNode plan = server.post(ACCURACY + "/plan", "{\"within\": 20}").json();

        List<String> drawn = IntStream.range(0, plan.get("to_label").size())
                .mapToObj(i -> plan.get("to_label").get(i).asString())
                .toList();
        assertThat(drawn).as(plan.toString()).isNotEmpty().doesNotHaveDuplicates();
        StringBuilder labels = new StringBuilder("request_id,label\n");
        for (int i = 0; i < IMAGES; i++) {
            if (drawn.contains(id(i))) {
                labels.append("%s,%s%n".formatted(id(i), label(i)));
            }
        }
        assertThat(csv(labels.toString()).json().get("joined").asInt()).isEqualTo(drawn.size());
        JsonNode report = server.get(ACCURACY).json();
        assertThat(report.at("/known/sample/choice").asString()).isEqualTo("PLANNED");
        assertThat(report.at("/known/accuracy/high").asDouble()).isGreaterThan(0.9);
        assertThat(server.get(ACCURACY + "/course").json().get("days"))
                .as("planned labels are no random sample of a day")
                .isNotEmpty()
                .allSatisfy(day -> assertThat(day.get("known").isNull()).isTrue());
        assertThat(server.post(ACCURACY + "/plan", "{\"within\": 0.5}").body()).contains("a label for each of them");
        assertThat(server.post(ACCURACY + "/plan", "{\"within\": 90}").code()).isEqualTo("ARGUMENT_INVALID");
    }

    @Test
    void shouldJoinBusinessFiguresToVersions() throws Exception {
        await().atMost(LIMIT)
                .until(() ->
                        server.get(ACCURACY).json().at("/window/predictions").asInt() == IMAGES);

        Reply added = server.post("/v1/kpis", """
                {"model": "shirts", "kpis": [
                    {"request_id": "%s", "name": "returned", "value": 0},
                    {"request_id": "%s", "name": "returned", "value": 1},
                    {"request_id": "never-seen", "name": "returned", "value": 1}]}
                """.formatted(id(0), id(1)));

        assertThat(added.json().get("joined").asInt()).as(added.body()).isEqualTo(2);
        assertThat(added.json().get("waiting").asInt()).isEqualTo(1);
        JsonNode figures = server.get("/v1/models/shirts/kpis").json().get("kpis");
        assertThat(figures).hasSize(1);
        assertThat(figures.at("/0/version").asInt()).isEqualTo(1);
        assertThat(figures.at("/0/mean/value").asDouble()).isEqualTo(0.5);
        assertThat(server.post(
                                "/v1/kpis",
                                "{\"model\": \"shirts\", \"kpis\": [{\"key\": \"a\", \"name\": \"sold\", \"value\": NaN}]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.post(
                                "/v1/kpis",
                                "{\"model\": \"shirts\", \"kpis\": [{\"key\": \"a\", \"name\": \"sold\", \"value\": 1e999}]}")
                        .status())
                .isEqualTo(400);
    }

    private static int sum(JsonNode days, String number) {
        return days.valueStream().mapToInt(day -> day.at(number).asInt(0)).sum();
    }

    private Reply csv(String text) throws Exception {
        return server.send(
                server.request(TRUTH).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(text)));
    }

    /** Truth for the first responses, of which the first few were wrong. */
    private String truths(int count, int wrong, boolean replace) {
        StringBuilder json = new StringBuilder("{\"replace\": %s, \"truths\": [".formatted(replace));
        for (int i = 0; i < count; i++) {
            json.append("%s{\"request_id\": \"%s\", \"label\": \"%s\"}"
                    .formatted(i == 0 ? "" : ",", id(i), i < wrong ? other(label(i)) : label(i)));
        }
        return json.append("]}").toString();
    }

    private String id(int response) {
        return responses.get(response).get("request_id").asString();
    }

    private String label(int response) {
        return responses.get(response).get("label").asString();
    }

    private static String other(String label) {
        return label.equals("hole") ? "none" : "hole";
    }

    private static Evaluation evaluation() {
        return new Evaluation(
                "e-1",
                "shirts",
                1,
                Evaluation.Origin.EVALUATE,
                "classification",
                new Evaluation.EvaluationSource("ab".repeat(32), "images", 200, 0, 0),
                Instant.EPOCH,
                new ReportJson()
                        .write(ClassificationReport.of(new ScoredImages(
                                TestModels.LABELS,
                                List.of(
                                        new Scored(0, new double[] {2, 0, 0}, "a"),
                                        new Scored(1, new double[] {0, 2, 0}, "b")),
                                List.of()))));
    }

    private static List<EvaluatedImage> evaluated() {
        return IntStream.range(0, 200)
                .mapToObj(i -> new EvaluatedImage(
                        i,
                        i + ".jpg",
                        "%064x".formatted(i),
                        new ImageResult.Classified("hole", i % 5 == 0 ? "none" : "hole", 0.4 + i / 400.0),
                        Optional.empty()))
                .toList();
    }
}
