package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.synthetic.FabricClass;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Data sets over HTTP, from the first upload to a version and to forgetting. */
class DatasetsApiTest {

    private static final String BOUNDARY = "x2f9";
    private static final String SHIRTS = "/v1/datasets/shirts";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // set before the tests
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.with(_ -> {});
        JsonNode created = send("POST", "/v1/datasets", """
                        {"name": "shirts", "task": "classification",
                         "classes": [{"name": "none", "definition": "Whole cloth"}, {"name": "hole, \\"big\\""}]}
                        """).json();
        assertThat(created.get("task").asString()).isEqualTo("classification");
        assertThat(created.get("classes").get(0).get("definition").asString()).isEqualTo("Whole cloth");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static RunningServer.Reply send(String method, String path, String body) throws Exception {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode upload(String query, Map<String, byte[]> images) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        images.forEach((name, bytes) -> {
            body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%s\"\r\n\r\n"
                    .formatted(BOUNDARY, name)
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.address() + SHIRTS + "/items" + query))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonMapper().readTree(response.body());
    }

    private static byte[] image(int seed) {
        return TestModels.image(FabricClass.HOLE, seed);
    }

    @Test
    void shouldLeadFromUploadToVersionAndForget() throws Exception {
        Map<String, byte[]> images = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            images.put(i + ".jpg", image(i));
        }
        images.put("notes.txt", "no image".getBytes(StandardCharsets.UTF_8));
        JsonNode added = upload("?tag=camera=3&tag=line=A,%20left&split=train", images);
        assertThat(added.get("added").asInt()).isEqualTo(6);
        assertThat(added.get("refused").get(0).get("name").asString()).isEqualTo("notes.txt");
        assertThat(added.get("refused").get(0).get("code").asString()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");

        JsonNode page = server.get(SHIRTS + "/items?tag=camera=3&tag=line=A,%20left&tag=labelled=no&size=4")
                .json();
        assertThat(page.get("items").size()).isEqualTo(4);
        JsonNode rest = server.get(SHIRTS + "/items?tag=camera=3&size=4&after="
                        + page.get("next").asLong())
                .json();
        assertThat(rest.get("items").size()).isEqualTo(2);
        assertThat(rest.get("next").isNull()).isTrue();

        JsonNode first = page.get("items").get(0).get("image");
        String item = SHIRTS + "/items/" + first.get("hash").asString();
        HttpResponse<byte[]> file = CLIENT.send(
                HttpRequest.newBuilder(URI.create(server.address() + item + "/image"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(images.values()).anySatisfy(bytes -> assertThat(bytes).isEqualTo(file.body()));
        assertThat(file.headers().firstValue("content-type")).contains("image/jpeg");
        assertThat(server.get(item + "/thumbnail").type()).isEqualTo("image/jpeg");

        String annotation = """
                {"id": "u-1", "annotator": "ada", "value": {"classes": ["hole, \\"big\\""]}, "millis": 900,
                 "prefill": {"value": {"classes": ["none"]}, "model": "shirts:1"}}
                """;
        RunningServer.Reply made = send("POST", item + "/annotations", annotation);
        assertThat(made.status()).isEqualTo(201);
        assertThat(send("POST", item + "/annotations", annotation).json().get("id"))
                .isEqualTo(made.json().get("id"));
        JsonNode details = server.get(item).json();
        assertThat(details.get("annotations").size()).isEqualTo(1);
        assertThat(details.get("item")
                        .get("annotation")
                        .get("prefill")
                        .get("model")
                        .asString())
                .isEqualTo("shirts:1");
        String labelled = URLEncoder.encode("class=hole, \"big\"", StandardCharsets.UTF_8);
        assertThat(server.get(SHIRTS + "/items?tag=" + labelled)
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);

        String version = "{\"message\": \"first\"}";
        String before =
                send("POST", SHIRTS + "/versions", version).json().get("id").asString();
        assertThat(send("PATCH", SHIRTS + "/items", """
                {"hashes": ["%s"], "tags": {"camera": null, "line": "B"}, "split": "test"}
                """.formatted(
                                        first.get("hash").asString()))
                        .json()
                        .get("images")
                        .asInt())
                .isEqualTo(1);
        send("POST", SHIRTS + "/versions", version);
        JsonNode diff = server.get(SHIRTS + "/versions/%s/diff/latest".formatted(before.substring(0, 12)))
                .json();
        assertThat(diff.get("counts").get("moved").asInt()).isEqualTo(1);
        assertThat(diff.get("counts").get("retagged").asInt()).isEqualTo(1);
        assertThat(diff.get("changes").get(0).get("after").get("split").asString())
                .isEqualTo("test");

        JsonNode forgotten = send("POST", "/v1/datasets/forget", """
                {"hashes": ["%s"], "reason": "asked by the owner"}
                """.formatted(
                                first.get("hash").asString()))
                .json();
        assertThat(forgotten.get("images").get(0).get("tombstone").get("reason").asString())
                .isEqualTo("asked by the owner");
        assertThat(forgotten.get("images").get(0).get("golden").isEmpty()).isTrue();
        RunningServer.Reply gone = server.get(item);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body()).contains("forgotten on request");
        assertThat(server.get("/v1/datasets/tombstones").body())
                .contains(first.get("hash").asString());
    }

    @Test
    void shouldDeleteADatasetAndSayWhoDeletedIt() throws Exception {
        assertThat(send("POST", "/v1/datasets", """
                {"name": "scratch", "task": "classification"}
                """).status()).isEqualTo(201);
        JsonNode deleted = server.send(
                        server.request("/v1/datasets/scratch?reason=try").DELETE())
                .json();
        assertThat(deleted.get("name").asString()).isEqualTo("scratch");
        assertThat(deleted.get("items").asInt()).isZero();
        RunningServer.Reply gone = server.get("/v1/datasets/scratch");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body()).contains("DATASET_UNKNOWN", "was deleted on");
        JsonNode all = server.get("/v1/datasets/deleted").json();
        assertThat(all.get("datasets").get(0).get("reason").asString()).isEqualTo("try");
        assertThat(server.send(server.request("/v1/datasets/scratch").DELETE()).status())
                .isEqualTo(404);
    }

    @Test
    void shouldNameTheVersionsThatKeepAForgottenImageAsAGoldenImage() throws Exception {
        try (Application application = Application.open(server.home())) {
            new TestModels(application).register("cloth", 1);
        }
        ContentHash golden = ContentHash.of(TestModels.image(FabricClass.HOLE, 1));
        JsonNode forgotten =
                send("POST", "/v1/datasets/forget", """
                {"hashes": ["%s"], "reason": "requested by the owner"}
                """.formatted(golden)).json();
        assertThat(forgotten.get("images").get(0).get("golden").toString()).isEqualTo("[\"cloth:1\"]");
    }

    @Test
    void shouldRankWrongLabelsByACheckAndLeaveOutWhatWasChanged() throws Exception {
        send("POST", "/v1/datasets", """
                {"name": "blots", "task": "classification", "classes": [{"name": "red"}, {"name": "blue"}]}
                """);
        assertThat(server.get("/v1/datasets/blots/wrong-labels").status()).isEqualTo(404);
        try (Application application = Application.open(server.home())) {
            List<IncomingImage> images = new ArrayList<>();
            for (int seed = 0; seed < 40; seed++) {
                boolean red = seed % 2 == 0;
                byte[] bytes = Blots.png(red ? 0 : 0.5f, seed);
                images.add(new IncomingImage(
                        seed + ".png",
                        () -> bytes,
                        Optional.empty(),
                        Split.TRAIN,
                        Optional.empty(),
                        new TreeMap<>(),
                        Optional.of(ClassLabels.of(red == (seed != 7) ? "red" : "blue"))));
            }
            var _ = application.datasets().add("blots", images, AddOptions.DEFAULT, (done, all) -> {});
        }
        JsonNode job =
                server.job("{\"type\": \"check\", \"dataset\": \"blots\"}").get("job");
        assertThat(job.get("state").asString()).as(job.toString()).isEqualTo("done");
        JsonNode found = server.get("/v1/datasets/blots/wrong-labels").json();
        assertThat(found.get("verdict").get(0).asString()).startsWith("About ");
        JsonNode first = found.get("items").get(0);
        assertThat(first.get("given").asString()).isEqualTo("red");
        assertThat(first.get("likely").asString()).isEqualTo("blue");
        String annotations = "/v1/datasets/blots/items/" + first.get("hash").asString() + "/annotations";
        assertThat(send("POST", annotations, "{\"annotator\": \"ada\", \"value\": {\"classes\": [\"blue\"]}}")
                        .status())
                .isEqualTo(201);
        assertThat(server.get("/v1/datasets/blots/wrong-labels")
                        .json()
                        .get("items")
                        .get(0)
                        .get("hash"))
                .isNotEqualTo(first.get("hash"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            POST  | /v1/datasets                    | {"name": "a b", "task": "detection"}  | 400 | cannot name a data set
            POST  | /v1/datasets                    | {"name": "shirts", "task": "detection"} | 409 | already
            POST  | /v1/datasets                    | {"name": "x", "task": "detecting"}    | 400 | it must be one of classification, multi-label, detection
            POST  | /v1/datasets                    | {"task": "detection"}                 | 400 | "name" is missing
            POST  | /v1/datasets                    | {"name": "x", "task": "detection", "classes": [{"name": "a"}, {"name": "a"}]} | 400 | stated twice
            GET   | /v1/datasets/socks              |                                       | 404 | no data set "socks"
            GET   | /v1/datasets/shirts/items?tag=x |                                       | 400 | Use NAME=VALUE
            GET   | /v1/datasets/shirts/items?size=0 |                                      | 400 | from 1 to 500
            GET   | /v1/datasets/shirts/items/12    |                                       | 400 | is not the hash of an image
            GET   | /v1/datasets/shirts/versions/9/diff/8 |                                 | 404 | no version "9"
            PATCH | /v1/datasets/shirts/items       | {"hashes": [], "tags": {"split": "x"}} | 400 | is derived and cannot be set
            PATCH | /v1/datasets/shirts/items       | {"hashes": [], "tags": {"a=b": "c"}}  | 400 | contains "=". Use another name
            POST  | /v1/datasets/forget             | {"hashes": [], "reason": " "}          | 400 | needs a reason
            POST  | /v1/datasets/shirts/versions    | {}                                    | 400 | "message" is missing
            """)
    void shouldNameWhatIsWrong(String method, String path, String body, int status, String message) throws Exception {
        RunningServer.Reply reply = send(method, path, body == null ? "" : body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().path("detail").asString()).contains(message);
    }

    @Test
    void shouldRefuseAnnotationsThatDoNotFit() throws Exception {
        upload("", Map.of("one.jpg", image(100)));
        String hash = server.get(SHIRTS + "/items?size=1")
                .json()
                .get("items")
                .get(0)
                .get("image")
                .get("hash")
                .asString();
        for (Map.Entry<String, String> each : Map.of(
                        "{\"annotator\": \"ada\", \"value\": {\"classes\": [\"whole\"]}}", "no class \"whole\"",
                        "{\"annotator\": \"ada\", \"value\": {\"objects\": []}}", "takes one class for each image",
                        "{\"annotator\": \" \", \"value\": {\"classes\": [\"none\"]}}", "name of its annotator",
                        "{\"annotator\": \"ada\", \"value\": {\"klasses\": []}}", "value.klasses is not known",
                        "{\"annotator\": \"ada\"}", "\"value\" is missing")
                .entrySet()) {
            RunningServer.Reply reply = send("POST", SHIRTS + "/items/" + hash + "/annotations", each.getKey());
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.json().path("detail").asString()).contains(each.getValue());
        }
        assertThat(List.of(server.get(SHIRTS + "/items/" + hash).status())).containsExactly(200);
    }
}
