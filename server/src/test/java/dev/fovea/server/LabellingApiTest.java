package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Labelling over HTTP, with two people and a model. */
class LabellingApiTest {

    private static final String BOUNDARY = "x2f9";
    private static final String FABRIC = "/v1/datasets/fabric";
    private static final String LABELLING = FABRIC + "/labelling";

    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.with(RunningServer::shirts);
        assertThat(server.post("/v1/datasets", """
                        {"name": "fabric", "task": "classification",
                         "classes": [{"name": "hole"}, {"name": "none"}, {"name": "tear"}]}
                        """).status()).isEqualTo(201);
        upload(8);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void upload(int count) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            body.writeBytes(text("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%d.jpg\"\r\n\r\n"
                    .formatted(BOUNDARY, i)));
            body.writeBytes(TestModels.image(FabricClass.HOLE, i));
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--" + BOUNDARY + "--\r\n"));
        Reply reply = server.send(server.request(FABRIC + "/items")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        assertThat(reply.json().get("added").asInt()).as(reply.body()).isEqualTo(count);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Reply put(String path, String json) throws Exception {
        return server.send(
                server.request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    private JsonNode leases(String annotator, int count) throws Exception {
        Reply reply = server.post(
                LABELLING + "/leases", "{\"annotator\": \"%s\", \"count\": %d}".formatted(annotator, count));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json().get("leases");
    }

    private static String hash(JsonNode lease) {
        return lease.get("item").get("image").get("hash").asString();
    }

    private Reply annotate(String hash, String body) throws Exception {
        return server.post(FABRIC + "/items/" + hash + "/annotations", body);
    }

    @Test
    void shouldLeadTwoPeopleThroughTheQueue() throws Exception {
        assertThat(server.get(LABELLING).json().get("per_image").asInt()).isEqualTo(1);
        JsonNode ada = leases("ada", 5);
        JsonNode bob = leases("bob", 5);
        Set<String> hashes = new HashSet<>();
        ada.forEach(lease -> assertThat(hashes.add(hash(lease))).isTrue());
        bob.forEach(lease -> assertThat(hashes.add(hash(lease))).isTrue());
        assertThat(hashes).hasSize(8);

        String lease = ada.get(0).get("lease").asString();
        String both = "{\"leases\": [\"%s\", \"never given\"], \"seconds\": 60}".formatted(lease);
        Reply renewed = put(LABELLING + "/leases", both);
        assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
        assertThat(renewed.json().get("expires").propertyNames()).containsExactly(lease);
        String annotation = """
                {"id": "4f6a", "annotator": "ada", "value": {"classes": ["hole"]}, "millis": 640, "lease": "%s"}
                """.formatted(lease);
        Reply first = annotate(hash(ada.get(0)), annotation);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.json().get("in_force").asBoolean()).isTrue();
        Reply again = annotate(hash(ada.get(0)), annotation);
        assertThat(again.json().get("id").asLong())
                .isEqualTo(first.json().get("id").asLong());
        assertThat(put(LABELLING + "/leases", both).json().get("expires").isEmpty())
                .isTrue();

        String returned =
                "{\"leases\": [\"%s\"]}".formatted(ada.get(1).get("lease").asString());
        assertThat(server.post(LABELLING + "/leases/returned", returned).status())
                .isEqualTo(204);
        assertThat(server.post(LABELLING + "/leases/returned", returned).status())
                .isEqualTo(204);
        JsonNode last = leases("bob", 5);
        assertThat(last.size()).isEqualTo(1);
        assertThat(hash(last.get(0))).isEqualTo(hash(ada.get(1)));
        assertThat(server.get(FABRIC + "/items?tag=class=hole")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "shorts, 404, MODEL_UNKNOWN",
        "shirts:9, 404, VERSION_UNKNOWN",
        "shirts@9, 404, VERSION_UNKNOWN",
        "shirts@1, 200,",
        "remote:vision, 200,"
    })
    void shouldRefuseToFillInFromAModelThatIsNotThere(String model, int status, String code) throws Exception {
        Reply changed = put(LABELLING, """
                {"per_image": 1, "order": "random", "honeypot_share": 0, "hide_prefill_share": 0, "prefill_model": "%s"}
                """.formatted(model));
        assertThat(changed.status()).as(changed.body()).isEqualTo(status);
        assertThat(changed.json().path("code").asString("")).isEqualTo(code == null ? "" : code);
    }

    @Test
    void shouldFillInPredictionsAndHideSome() throws Exception {
        Reply changed = put(LABELLING, """
                {"per_image": 1, "order": "uncertain", "honeypot_share": 0, "hide_prefill_share": 0,
                 "prefill_model": "shirts", "min_skill": 0.8}
                """);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json()).isEqualTo(server.get(LABELLING).json());
        JsonNode shown = leases("ada", 1).get(0);
        assertThat(shown.get("prefill").get("model").asString()).isEqualTo("shirts:1");
        assertThat(shown.get("prefill").get("value").get("classes").get(0).asString())
                .isIn(TestModels.LABELS);
        assertThat(put(LABELLING, """
                {"per_image": 1, "order": "random", "honeypot_share": 0, "hide_prefill_share": 1,
                 "prefill_model": "shirts:2", "min_skill": null}
                """).status()).isEqualTo(200);
        JsonNode hidden = leases("ada", 1).get(0);
        assertThat(hidden.get("prefill").isNull()).isTrue();
        assertThat(hidden.get("prefill_hidden").asBoolean()).isTrue();
    }

    @Test
    void shouldGiveHoneypotsThatDoNotShow() throws Exception {
        String known = hash(leases("ada", 1).get(0));
        Reply added = server.post(LABELLING + "/honeypots", """
                {"annotator": "ada", "honeypots": [{"hash": "%s", "value": {"classes": ["tear"]}}]}
                """.formatted(known));
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        put(LABELLING, "{\"per_image\": 1, \"order\": \"random\", \"honeypot_share\": 1, \"hide_prefill_share\": 0}");
        JsonNode bob = leases("bob", 8);
        assertThat(bob.size()).isEqualTo(8);
        bob.forEach(lease -> {
            assertThat(lease.get("reason").asString()).isEqualTo("random");
            assertThat(lease.get("item").get("annotation").isNull()).isTrue();
        });
    }

    @Test
    void shouldShowWherePeopleDisagreeAndTakeADecision() throws Exception {
        put(LABELLING, "{\"per_image\": 2, \"order\": \"random\", \"honeypot_share\": 0, \"hide_prefill_share\": 0}");
        for (String person : List.of("ada", "bob")) {
            int i = 0;
            for (JsonNode lease : leases(person, 8)) {
                String label = i % 2 == 0 ? "hole" : i == 3 && person.equals("bob") ? "tear" : "none";
                assertThat(annotate(hash(lease), """
                        {"annotator": "%s", "value": {"classes": ["%s"]}, "millis": %d, "lease": "%s"}
                        """.formatted(
                                                person,
                                                label,
                                                500 + i,
                                                lease.get("lease").asString()))
                                .status())
                        .isEqualTo(201);
                i++;
            }
        }
        JsonNode progress = server.get(LABELLING + "/progress").json();
        assertThat(progress.get("backlog").asInt()).isZero();
        assertThat(progress.get("annotators").size()).isEqualTo(2);
        assertThat(progress.get("annotators").get(0).get("median_millis").asInt())
                .isEqualTo(503);
        assertThat(progress.get("per_class").get(0).get("class").asString()).isEqualTo("hole");
        assertThat(progress.get("per_class").get(0).get("labels").asInt()).isEqualTo(8);
        JsonNode capacity = progress.get("capacity");
        assertThat(capacity.get("made").get("per_day").isNull())
                .as("one day says nothing about days")
                .isTrue();
        assertThat(capacity.get("verdict").asString())
                .startsWith("Nothing waits to be labelled. 16 labels were made in ");
        assertThat(put(LABELLING + "/need", "{\"labels_per_day\": 300, \"intake_share\": 0.5}")
                        .status())
                .isEqualTo(200);
        JsonNode all = server.get("/v1/labelling/capacity").json();
        assertThat(all.get("needed_per_day").asDouble()).isEqualTo(300);
        assertThat(all.get("datasets").get("fabric").get("needed_by").asString())
                .isEqualTo("declared");

        JsonNode agreement = server.get(LABELLING + "/agreement").json();
        assertThat(agreement.get("images").asInt()).isEqualTo(8);
        assertThat(agreement.get("verdict").asString()).contains("alpha", "\"none\" and \"tear\"");
        assertThat(agreement.get("confused").get(0).get("count").asInt()).isOne();
        // 7 of 8 pairs agree
        assertThat(agreement.get("ceiling").get("value").asDouble()).isEqualTo(Math.sqrt(7 / 8.0));
        assertThat(agreement.get("coefficients").get("kappa").get("value").asDouble())
                .isBetween(0.7, 0.85);

        JsonNode page = server.get(LABELLING + "/disagreements").json();
        assertThat(page.get("items").size()).isOne();
        JsonNode item = page.get("items").get(0);
        assertThat(item.get("values").size()).isEqualTo(2);
        assertThat(item.get("consensus").get("confidence").asDouble()).isEqualTo(0.5);
        String disputed = item.get("hash").asString();
        JsonNode soft = server.get(FABRIC + "/items/" + disputed).json().get("soft_label");
        assertThat(soft.get("people").asInt()).isEqualTo(2);
        assertThat(soft.get("uncertainty").asDouble()).isBetween(0.4, 1.0);
        assertThat(soft.get("classes").get(0).get("probability").asDouble()).isEqualTo(0.5);
        assertThat(soft.get("classes").get(0).get("votes").asInt()).isOne();
        // Wilson for 1 of 2
        assertThat(soft.get("classes").get(0).get("low").asDouble()).isCloseTo(0.0945, within(1e-3));
        Reply decided = server.post(
                LABELLING + "/disagreements/" + disputed,
                "{\"annotator\": \"eve\", \"value\": {\"classes\": [\"tear\"]}}");
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        assertThat(decided.json().get("in_force").asBoolean()).isTrue();
        assertThat(server.get(LABELLING + "/disagreements").json().get("items").size())
                .isZero();
        Reply example =
                server.post(LABELLING + "/examples", "{\"hash\": \"%s\", \"class\": \"tear\"}".formatted(disputed));
        assertThat(example.status()).as(example.body()).isEqualTo(200);
        assertThat(server.get(FABRIC)
                        .json()
                        .get("classes")
                        .get(2)
                        .get("examples")
                        .get(0)
                        .asString())
                .isEqualTo(disputed);
        assertThat(server.post(LABELLING + "/consensus", "").json().toString())
                .isEqualTo("{\"relabelled\":0,\"soft_only\":0}");
    }

    /** The requests were recorded from Label Studio 1.23.2 by {@code bench/peers/label_studio.py}. */
    @Test
    void shouldSpeakLabelStudiosProtocol() throws Exception {
        put(LABELLING, """
                {"per_image": 1, "order": "random", "honeypot_share": 0, "hide_prefill_share": 0,
                 "prefill_model": "shirts"}
                """);
        assertThat(server.get("/v1/label-studio/fabric/health")
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("UP");
        String hash = hash(leases("ada", 1).get(0));
        assertThat(studio("setup", "setup", hash).get("model_version").asString())
                .isEqualTo("shirts:1");
        JsonNode results = studio("predict", "predict", hash).get("results");
        assertThat(results.size()).isEqualTo(2);
        JsonNode prediction = results.get(0).get(0);
        assertThat(prediction.get("model_version").asString()).isEqualTo("shirts:1");
        JsonNode region = prediction.get("result").get(0);
        assertThat(region.get("from_name").asString()).isEqualTo("answer");
        assertThat(region.get("to_name").asString()).isEqualTo("image");
        assertThat(region.get("value").get("choices").get(0).asString()).isIn(TestModels.LABELS);
        assertThat(results.get(1).isEmpty()).isTrue();

        for (int i = 0; i < 2; i++) {
            assertThat(webhook("annotation-created", hash)).isEqualTo("1 0");
        }
        assertThat(webhook("annotation-updated", hash)).isEqualTo("1 0");
        JsonNode item = server.get(FABRIC + "/items/" + hash).json();
        assertThat(item.get("annotations").size()).isEqualTo(2);
        assertThat(item.get("item").get("annotation").get("annotator").asString())
                .isEqualTo("label-studio 1");
        assertThat(item.get("item").get("annotation").get("millis").asLong()).isEqualTo(5000);
        assertThat(webhook("annotation-skipped", hash)).isEqualTo("0 0");
        assertThat(webhook("annotations-deleted", hash)).isEqualTo("0 2");
        assertThat(server.get(FABRIC + "/items/" + hash)
                        .json()
                        .get("item")
                        .get("annotation")
                        .isNull())
                .isTrue();
        assertThat(webhook("annotations-created", hash)).isEqualTo("1 0");
        assertThat(server.get(FABRIC + "/items/" + hash)
                        .json()
                        .get("item")
                        .get("annotation")
                        .isNull())
                .isFalse();
        Reply refused = server.post("/v1/label-studio/fabric/webhook", recorded("annotation-created", "elsewhere"));
        assertRefused(refused, "NOT_FOUND");
    }

    /** The recorded request with a context, as Label Studio sends it after its editor's interactive tools. */
    @Test
    void shouldAnswerAnInteractiveRequestOfLabelStudioWithOnePredictionForEachTask() throws Exception {
        put(LABELLING, """
                {"per_image": 1, "order": "random", "honeypot_share": 0, "hide_prefill_share": 0,
                 "prefill_model": "shirts"}
                """);
        String hash = hash(leases("ada", 1).get(0));
        String request = recorded("predict", hash).replace("\"context\": null", "\"context\": {\"result\": []}");
        JsonNode results =
                server.post("/v1/label-studio/fabric/predict", request).json().get("results");
        JsonNode prediction = results.get(0);
        assertThat(prediction.get("model_version").asString()).isEqualTo("shirts:1");
        assertThat(prediction.get("result").get(0).get("from_name").asString()).isEqualTo("answer");
        assertThat(results.get(1).get("result").isEmpty()).isTrue();
    }

    @Test
    void shouldPredictAnImageThatALabelStudioTaskContains() throws Exception {
        put(LABELLING, """
                {"per_image": 1, "order": "random", "honeypot_share": 0, "hide_prefill_share": 0,
                 "prefill_model": "shirts"}
                """);
        String image = java.util.Base64.getEncoder().encodeToString(TestModels.image(FabricClass.TEAR, 99));
        String address = "http://fovea:8080/v1/datasets/fabric/items/HASH/image";
        Reply predicted = server.post(
                "/v1/label-studio/fabric/predict",
                recorded("predict", "HASH").replace(address, "data:image/jpeg;base64," + image));
        assertThat(predicted.json().get("results").get(0).size())
                .as(predicted.body())
                .isOne();
    }

    private static String recorded(String name, String hash) throws Exception {
        try (var file = LabellingApiTest.class.getResourceAsStream("/label-studio/" + name + ".json")) {
            return new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("HASH", hash);
        }
    }

    private JsonNode studio(String path, String name, String hash) throws Exception {
        Reply reply = server.post("/v1/label-studio/fabric/" + path, recorded(name, hash));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** Number of annotations that were recorded and withdrawn. */
    private String webhook(String name, String hash) throws Exception {
        JsonNode result = studio("webhook", name, hash);
        return result.get("recorded").asInt() + " " + result.get("withdrawn").asInt();
    }

    @Test
    void shouldRefuseWhatCannotBe() throws Exception {
        assertRefused(server.post(LABELLING + "/leases", "{\"annotator\": \" \", \"count\": 1}"), "ARGUMENT_INVALID");
        assertRefused(server.post(LABELLING + "/leases", "{\"annotator\": \"ada\", \"count\": 0}"), "ARGUMENT_INVALID");
        assertRefused(server.post(LABELLING + "/leases", "{\"annotator\": \"ada\"}"), "ARGUMENT_INVALID");
        for (String strict : List.of(
                "\"annotator\": 0, \"count\": 1",
                "\"annotator\": true, \"count\": 1",
                "\"annotator\": \"ada\", \"count\": 1, \"seconds\": \" \"",
                "\"annotator\": \"ada\", \"count\": \"\"")) {
            Reply refused = server.post(LABELLING + "/leases", "{%s}".formatted(strict));
            assertRefused(refused, "ARGUMENT_INVALID");
            assertThat(refused.body()).containsPattern("annotator|seconds|count");
        }
        assertRefused(
                put(
                        LABELLING,
                        "{\"per_image\": 0, \"order\": \"random\", \"honeypot_share\": 0, \"hide_prefill_share\": 0}"),
                "ARGUMENT_INVALID");
        assertRefused(
                put(
                        LABELLING,
                        "{\"per_image\": 1, \"order\": \"best\", \"honeypot_share\": 0, \"hide_prefill_share\": 0}"),
                "ARGUMENT_INVALID");
        assertRefused(server.get("/v1/datasets/shoes/labelling"), "DATASET_UNKNOWN");
        String hash = hash(leases("ada", 1).get(0));
        assertRefused(
                annotate(hash, "{\"annotator\": \"ada\", \"value\": {\"classes\": [\"cat\"]}}"), "ANNOTATION_INVALID");
        assertRefused(
                annotate(hash, "{\"annotator\": \"consensus\", \"value\": {\"classes\": [\"hole\"]}}"),
                "ARGUMENT_INVALID");
    }

    private static void assertRefused(Reply reply, String code) {
        assertThat(reply.code()).as(reply.body()).isEqualTo(code);
    }
}
