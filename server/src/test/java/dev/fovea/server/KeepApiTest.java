package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Images of traffic from requests into a data set, to people, and back as truth, over HTTP. */
class KeepApiTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SHIRTS = "/v1/models/shirts";
    private static final String KEEP = SHIRTS + "/traffic/keep";
    private static final String ITEMS = "/v1/datasets/shirts-traffic/items";

    @TempDir
    private Path directory;

    private RunningServer server;
    private int sent;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with(RunningServer::shirts, Map.of("inference.tuning-timeout", "0s"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Reply put(String path, String json) throws Exception {
        return server.send(
                server.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    private JsonNode policy(String json) throws Exception {
        Reply reply = put(KEEP, json);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static FabricClass kind(int number) {
        return FabricClass.values()[number % 3];
    }

    private Reply predict(int number) throws Exception {
        return server.send(server.request(SHIRTS + "/predict")
                .header("X-Request-Id", "order-" + number)
                .POST(BodyPublishers.ofByteArray(TestModels.image(kind(number), number))));
    }

    /** The server follows a policy within a second; a first image that it has seen says that it does. */
    private void sendUntilSeen(long wanted) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
            assertThat(predict(sent++).status()).isEqualTo(200);
            return seen() >= wanted;
        });
    }

    private long seen() throws Exception {
        JsonNode open = server.get(KEEP).json().get("open");
        return open.isEmpty() ? 0 : open.get(0).get("seen").asLong();
    }

    private void closeDay() throws Exception {
        Reply closed = server.post(KEEP + "/close", "{}");
        assertThat(closed.status()).as(closed.body()).isEqualTo(200);
    }

    private List<JsonNode> kept() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        server.get(KEEP + "/images?limit=500").json().get("images").forEach(all::add);
        return all;
    }

    @Test
    void shouldKeepNothingByDefault() throws Exception {
        assertThat(predict(1).status()).isEqualTo(200);

        JsonNode keep = server.get(KEEP).json();

        assertThat(keep.get("policy").isNull()).isTrue();
        assertThat(keep.get("images").asLong()).isZero();
        assertThat(server.post(KEEP + "/close", "{}").code()).isEqualTo("STATE_CONFLICT");
    }

    @Test
    void shouldBringImagesToADataSetAsUnlabelledOnesWithTheirLineage() throws Exception {
        JsonNode policy = policy("{\"random\": 4, \"uncertain\": 2}").get("policy");
        assertThat(policy.get("dataset").asString()).isEqualTo("shirts-traffic");
        assertThat(policy.get("days").asInt()).isEqualTo(30);
        sendUntilSeen(12);
        long population = seen();

        closeDay();

        List<JsonNode> kept = kept();
        assertThat(kept).hasSizeBetween(4, 6);
        JsonNode items = server.get(ITEMS + "?tag=labelled%3Dno").json().get("items");
        assertThat(items).hasSameSizeAs(kept);
        JsonNode random = kept.stream()
                .filter(image -> image.get("kept").get("reasons").toString().contains("random"))
                .findFirst()
                .orElseThrow();
        // images may have come between the two requests
        assertThat(random.get("kept").get("probability").asDouble())
                .isLessThanOrEqualTo(4.0 / population)
                .isGreaterThanOrEqualTo(4.0 / sent);
        JsonNode logged = server.get(SHIRTS + "/predictions?request="
                        + random.get("request_id").asString())
                .json()
                .get("predictions")
                .get(0);
        assertThat(random.get("time")).isEqualTo(logged.get("time"));
        assertThat(random.get("version")).isEqualTo(logged.get("version"));
        assertThat(random.get("labels").get(0).get("label"))
                .isEqualTo(logged.get("output").get("labels").get(0).get("label"));
        String hash = random.get("kept").get("hash").asString();
        JsonNode details = server.get(ITEMS + "/" + hash).json();
        assertThat(details.get("requests").get(0).get("request_id")).isEqualTo(random.get("request_id"));
        assertThat(details.get("item").get("tags").get("model").asString()).isEqualTo("shirts@1");
        assertThat(details.get("item").get("tags").has("predicted"))
                .as("annotators are not led")
                .isFalse();
        assertThat(server.get(ITEMS + "/" + hash + "/image").status()).isEqualTo(200);
    }

    @Test
    void shouldNotKeepAnImageWhoseSenderForbidsIt() throws Exception {
        var _ = policy("{\"random\": 1000}");
        sendUntilSeen(1);
        for (int i = 0; i < 6; i++) {
            assertThat(server.send(server.request(SHIRTS + "/predict")
                                    .header("X-Request-Id", "secret-" + i)
                                    .header("X-Fovea-Keep", "never")
                                    .POST(BodyPublishers.ofByteArray(TestModels.image(kind(i), 5000 + i))))
                            .status())
                    .isEqualTo(200);
        }
        sendUntilSeen(seen() + 3);

        closeDay();

        assertThat(kept())
                .isNotEmpty()
                .noneMatch(image -> image.get("request_id").asString().startsWith("secret"));
    }

    @Test
    void shouldMakeTruthOfWhatPeopleSayAboutKeptImages() throws Exception {
        var _ = policy("{\"random\": 30}");
        sendUntilSeen(40);
        closeDay();
        List<JsonNode> kept = kept();
        assertThat(kept).hasSize(30);
        int right = 0;
        Map<String, String> said = new HashMap<>();
        for (JsonNode image : kept) {
            String request = image.get("request_id").asString();
            String label =
                    kind(Integer.parseInt(request.substring("order-".length()))).label();
            said.put(request, label);
            right += image.get("labels").get(0).get("label").asString().equals(label) ? 1 : 0;
            annotate(image.get("kept").get("hash").asString(), label);
        }

        await().atMost(LIMIT)
                .until(() -> server.get(SHIRTS + "/truth")
                                .json()
                                .get("counts")
                                .get("joined")
                                .asLong()
                        == 30);

        JsonNode known = server.get(SHIRTS + "/accuracy").json().get("known");
        assertThat(known.get("sample").get("labels").asInt()).isEqualTo(30);
        assertThat(known.get("sample").get("choice").asString()).isEqualTo("KEPT");
        assertThat(known.get("labels_alone").get("value").asDouble()).isCloseTo(right / 30.0, within(1e-9));

        String first = kept.getFirst().get("request_id").asString();
        String other = said.get(first).equals("hole") ? "tear" : "hole";
        annotate(kept.getFirst().get("kept").get("hash").asString(), other);
        Reply again = server.post(SHIRTS + "/truth/labelled", "{\"dataset\": \"shirts-traffic\"}");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        await().atMost(LIMIT)
                .until(() -> server.post(
                                        SHIRTS + "/truth",
                                        "{\"truths\": [{\"request_id\": \"%s\", \"label\": \"%s\"}]}"
                                                .formatted(first, other))
                                .json()
                                .get("repeated")
                                .asInt()
                        == 1);
    }

    @Test
    void shouldCountALabelThatContradictsAReportedOne() throws Exception {
        var _ = policy("{\"random\": 5}");
        sendUntilSeen(5);
        closeDay();
        JsonNode image = kept().getFirst();
        String request = image.get("request_id").asString();
        assertThat(server.post(
                                SHIRTS + "/truth",
                                "{\"truths\": [{\"request_id\": \"%s\", \"label\": \"hole\"}]}".formatted(request))
                        .status())
                .isEqualTo(200);
        annotate(image.get("kept").get("hash").asString(), "tear");

        await().atMost(LIMIT)
                .until(() -> server.get(SHIRTS + "/truth")
                                .json()
                                .get("counts")
                                .get("conflicting")
                                .asLong()
                        == 1);

        assertThat(server.get(SHIRTS + "/truth")
                        .json()
                        .get("conflicts")
                        .get(0)
                        .get("stands")
                        .asString())
                .contains("hole");
    }

    private void annotate(String hash, String label) throws Exception {
        Reply made = server.post(
                ITEMS + "/" + hash + "/annotations",
                "{\"annotator\": \"ada\", \"value\": {\"classes\": [\"%s\"]}}".formatted(label));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    @Test
    void shouldPutTheImagesOfALabelPlanFirstAndSayWhichAreNotKept() throws Exception {
        var _ = policy("{\"random\": 15}");
        sendUntilSeen(60);
        closeDay();
        Set<String> images = new HashSet<>();
        kept().forEach(image -> images.add(image.get("request_id").asString()));

        JsonNode plan =
                server.post(SHIRTS + "/accuracy/plan", "{\"within\": 20}").json();

        List<String> missing = new ArrayList<>();
        plan.get("queue").get("without_image").forEach(each -> missing.add(each.asString()));
        List<String> toLabel = new ArrayList<>();
        plan.get("to_label").forEach(each -> toLabel.add(each.asString()));
        assertThat(missing)
                .isEqualTo(
                        toLabel.stream().filter(each -> !images.contains(each)).toList());
        int queued = plan.get("queue").get("images").path("shirts-traffic").asInt();
        assertThat(queued).isEqualTo(toLabel.size() - missing.size()).isPositive();
        JsonNode leases = server.post(
                        "/v1/datasets/shirts-traffic/labelling/leases",
                        "{\"annotator\": \"ada\", \"count\": %d}".formatted(queued))
                .json()
                .get("leases");
        assertThat(leases)
                .hasSize(queued)
                .allMatch(lease -> lease.get("reason").asString().equals("planned"));
    }

    @Test
    void shouldSendDifferencesOfAShadowToLabelling() throws Exception {
        var _ = policy("{\"random\": 1000}");
        assertThat(put(SHIRTS + "/shadow", "{\"version\": 2}").status()).isEqualTo(200);
        sendUntilSeen(5);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
            assertThat(predict(sent++).status()).isEqualTo(200);
            return server.get(SHIRTS + "/shadow")
                            .json()
                            .get("results")
                            .get("different")
                            .asLong()
                    >= 3;
        });
        sendUntilSeen(seen() + 2);
        closeDay();

        JsonNode queued =
                server.post(SHIRTS + "/shadow/label", "{\"limit\": 3}").json();

        int images = queued.get("images").path("shirts-traffic").asInt();
        assertThat(images + queued.get("without_image").size()).isEqualTo(3);
        JsonNode leases = server.post(
                        "/v1/datasets/shirts-traffic/labelling/leases",
                        "{\"annotator\": \"ada\", \"count\": %d}".formatted(images))
                .json()
                .get("leases");
        assertThat(leases)
                .hasSize(images)
                .allMatch(lease -> lease.get("reason").asString().equals("shadow"));
    }

    @Test
    void shouldGoOnAfterARestart() throws Exception {
        var _ = policy("{\"random\": 1000}");
        sendUntilSeen(4);
        server.restart();
        long before = seen();
        sendUntilSeen(before + 3);

        closeDay();

        assertThat(before).isGreaterThanOrEqualTo(4);
        assertThat((long) kept().size()).isGreaterThanOrEqualTo(before + 3);
    }

    @Test
    void shouldExportTheLogWithKeptImages() throws Exception {
        var _ = policy("{\"random\": 6}");
        sendUntilSeen(8);
        closeDay();
        Path folder = directory.resolve("export");

        Run run = Run.of(
                "traffic",
                "export",
                "shirts",
                "--to-dir",
                folder.toString(),
                "--home",
                server.home().toString());

        assertThat(run.exit()).as(run.err()).isZero();
        List<String> table = Files.readAllLines(folder.resolve("images.csv"));
        assertThat(table).hasSize(7);
        assertThat(table.getFirst()).isEqualTo("request_id,time,version,file,reasons,probability");
        try (Stream<Path> files = Files.list(folder.resolve("images"))) {
            assertThat(files).hasSize(6).allMatch(file -> file.toString().endsWith(".jpeg"));
        }
        assertThat(Files.readAllBytes(folder.resolve("predictions.parquet"))).startsWith((byte) 'P', (byte) 'A');
        assertThat(Run.of(
                                "traffic",
                                "export",
                                "shirts",
                                "--to-dir",
                                folder.toString(),
                                "--home",
                                server.home().toString())
                        .err())
                .contains("is not empty");
    }

    @Test
    void shouldSayWhatIsKeptOnTheCommandLine() throws Exception {
        String home = server.home().toString();
        Run set = Run.of("traffic", "keep", "shirts", "--random", "5/day", "--max", "1GB", "--home", home);
        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(set.out()).contains("5 random, 0 uncertain and 0 novel", "shirts-traffic", "1,000 MB");
        sendUntilSeen(6);

        Run now = Run.of("traffic", "keep", "shirts", "--now", "--list", "10", "--home", home);

        assertThat(now.exit()).as(now.err()).isZero();
        assertThat(now.out()).contains("Images of 5 requests are kept", "random", "order-");
        assertThat(Run.of("traffic", "keep", "shirts", "--random", "many", "--home", home)
                        .err())
                .contains("--random is \"many\"", "100/day");
        assertThat(Run.of("traffic", "keep", "shirts", "--random", "5", "--off", "--home", home)
                        .err())
                .contains("one of them only");
        assertThat(Run.of("traffic", "keep", "shirts", "--random", "5", "--data-set", "absent", "--home", home)
                        .err())
                .contains("absent");
        Run off = Run.of("traffic", "keep", "shirts", "--off", "--home", home);
        assertThat(off.out()).contains("No images of shirts are kept.", "Images of 5 requests are kept");
    }

    @Test
    void shouldRefuseWhatCannotBeKept() throws Exception {
        assertThat(put(KEEP, "{}").body()).contains("No image would be kept");
        assertThat(put(KEEP, "{\"random\": -1}").code()).isEqualTo("ARGUMENT_INVALID");
        assertThat(put(KEEP, "{\"random\": 5, \"dataset\": \"absent\"}").code()).isEqualTo("DATASET_UNKNOWN");
        assertThat(put("/v1/models/trousers/traffic/keep", "{\"random\": 5}").code())
                .isEqualTo("MODEL_UNKNOWN");
        Reply created = server.post("/v1/datasets", "{\"name\": \"boxes\", \"task\": \"detection\", \"classes\": []}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(put(KEEP, "{\"random\": 5, \"dataset\": \"boxes\"}").body())
                .contains("is for detection", "Name another data set");
        assertThat(server.get(KEEP + "/images?limit=0").code()).isEqualTo("ARGUMENT_INVALID");
    }
}
