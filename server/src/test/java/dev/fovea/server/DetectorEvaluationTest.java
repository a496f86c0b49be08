package dev.fovea.server;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Twenty images of 128 × 64 pixels with a cat each. Every other one shows a dog, the rest a crowd of dogs in the same
 * place. One version of the detector finds the cat only, the next one both.
 */
class DetectorEvaluationTest {

    private static final int IMAGES = 20;
    private static final String CONTRACT = """
            {"color": "RGB", "resize": {"fit": "letterbox", "size": [64, 64], "filter": "bilinear",
             "engine": "opencv", "pad": 114, "anchor": "center"}, "scale": 0.00392156862745098}
            """;

    /** In pixels of the network; in the image {@code x · 2} and {@code (y − 16) · 2}. */
    private static final double[] CAT = {16, 24, 48, 40};

    private static final double[] DOG = {4, 18, 20, 46};
    private static final double[] NOWHERE = {58, 18, 62, 20};

    @TempDir
    private Path directory;

    private Path coco;

    @BeforeEach
    void draw() throws IOException {
        coco = Files.createDirectory(directory.resolve("coco"));
        List<String> images = new ArrayList<>();
        List<String> boxes = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Files.write(coco.resolve(i + ".png"), png(40 + i));
            images.add("{\"id\": %d, \"file_name\": \"%d.png\", \"width\": 128, \"height\": 64}".formatted(i, i));
            boxes.add(box(i, 1, "[32, 16, 64, 32]", 0));
            boxes.add(box(i, 2, "[8, 4, 32, 56]", i % 2));
        }
        Files.writeString(
                coco.resolve("instances.json"), """
                {"images": [%s], "annotations": [%s],
                 "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}]}
                """.formatted(String.join(", ", images), String.join(",\n", boxes)));
    }

    private static String box(int image, int category, String box, int crowd) {
        return "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": %s, \"iscrowd\": %d}"
                .formatted(10 * image + category, image, category, box, crowd);
    }

    private static byte[] png(int grey) {
        try (Image image = even(grey, 128, 64)) {
            return new ImageWriter().png(image);
        }
    }

    private static byte[] jpeg(int grey, int width, int height) {
        try (Image image = even(grey, width, height)) {
            return new ImageWriter().jpeg(image, 90);
        }
    }

    private static Image even(int grey, int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        Arrays.fill(pixels, (byte) grey);
        return Image.of(pixels, width, height, 3);
    }

    @Test
    void shouldSayWhatDetectorsAreWorthAndCompareThem() throws Exception {
        Run blind = imported(NOWHERE, "--data", coco.toString());
        assertThat(blind.exit()).as(blind.err()).isZero();
        assertThat(blind.out())
                .startsWith("Not usable as it is: it never finds \"dog\".")
                .contains("none of its 10 objects", "fovea promote pets 1");
        Run usable = imported(DOG, "--data", coco.toString(), "--json");
        JsonNode json = new JsonMapper().readTree(usable.out());
        assertThat(json.get("verdict").get("outcome").asString())
                .as(usable.out())
                .isEqualTo("usable");
        assertThat(json.get("production").asBoolean()).isTrue();
        JsonNode evaluated = evaluated();
        assertThat(evaluated.get("report").get("truths").asInt()).isEqualTo(IMAGES + IMAGES / 2);
        assertThat(evaluated.get("report").get("map50").get("value").asDouble()).isEqualTo(1);
        assertThat(evaluated
                        .get("report")
                        .get("verdict")
                        .get("sentences")
                        .get(0)
                        .asString())
                .startsWith("Usable: it finds objects");
        assertCompared();
    }

    /** The network sees the same in every image, so that only the speed counts. */
    @Test
    void shouldCompareTheDecodeModesOfADetector() throws Exception {
        assertThat(imported(DOG, "--data", coco.toString(), "--decode", "auto").out())
                .contains("Decode exact is used: no image is a JPEG that is large enough");
        int scale = 10;
        Path large = Files.createDirectory(directory.resolve("large"));
        List<String> images = new ArrayList<>();
        List<String> boxes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Files.write(large.resolve(i + ".jpg"), jpeg(40 + i, 128 * scale, 64 * scale));
            images.add("{\"id\": %d, \"file_name\": \"%d.jpg\", \"width\": 1280, \"height\": 640}".formatted(i, i));
            boxes.add(box(i, 1, "[320, 160, 640, 320]", 0));
        }
        Files.writeString(
                large.resolve("instances.json"), """
                {"images": [%s], "annotations": [%s],
                 "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}]}
                """.formatted(String.join(", ", images), String.join(",\n", boxes)));
        JsonNode report = new JsonMapper()
                .readTree(imported(DOG, "--data", large.toString(), "--decode", "auto", "--json")
                        .out())
                .get("decode");
        assertThat(report.get("outcome").asString()).as(report.toString()).isEqualTo("fast_used");
        assertThat(report.get("accuracy").get("figure").asString()).isEqualTo("mean average precision at overlap 0.5");
        assertThat(report.get("accuracy").get("fast").asDouble()).isEqualTo(1);
        assertThat(report.get("accuracy").get("changed").isNull()).isTrue();
        assertThat(report.get("accuracy").get("evidence").get("margin").asDouble())
                .isEqualTo(1);
    }

    private JsonNode evaluated() {
        Run text = run("evaluate", "pets@2", "--data", coco.toString());
        assertThat(text.out())
                .startsWith("Usable: it finds objects of the classes shown; its mean average precision at overlap")
                .contains("10 boxes are marked as crowd or difficult");
        return new JsonMapper()
                .readTree(run("evaluate", "pets@2", "--data", coco.toString(), "--json")
                        .out());
    }

    private void assertCompared() throws Exception {
        Run compared = run("compare", "pets@1", "pets@2", "--data", coco.toString());
        assertThat(compared.out())
                .startsWith("Better: on 20 images with 30 objects")
                .contains("2 objects", "1 found, 1 missed, 1 false positives");
        JsonNode figures = new JsonMapper()
                .readTree(run("compare", "pets@1", "pets@2", "--data", coco.toString(), "--json")
                        .out());
        assertThat(figures.get("comparison").get("verdict").asString()).isEqualTo("better");
        assertThat(figures.get("comparison").get("difference").get("value").asDouble())
                .isCloseTo(0.5, within(1e-9));
        assertThat(figures.get("differing").size()).isEqualTo(IMAGES);
        try (FoveaServer server = RunningServer.serve(home(), Map.of())) {
            String one = figures.get("baseline_evaluation").asString();
            String other = figures.get("candidate_evaluation").asString();
            JsonNode served = get(server, "/v1/models/pets/comparison?baseline=" + one + "&candidate=" + other);
            assertThat(served.get("detection")).isEqualTo(figures.get("comparison"));
            assertThat(served.get("comparison").isNull()).isTrue();
            assertThat(served.get("sentence").asString()).startsWith("Better:");
            assertThat(served.get("total").asInt()).isEqualTo(IMAGES);
            assertThat(served.get("differing").get(0).get("change").asString()).isEqualTo("fixed");
            JsonNode missed =
                    get(server, "/v1/models/pets/versions/1/evaluations/" + one + "/images?object=missed&truth=dog");
            assertThat(missed.get("total").asInt()).isEqualTo(IMAGES / 2);
            assertThat(get(server, "/v1/models/pets/versions/1/evaluations/" + one)
                            .get("headline")
                            .asString())
                    .startsWith("Not usable as it is");
        }
    }

    @Test
    void shouldCompareTheBoxesOfADataSetWithADetectorAndLeaveOutWhatWasDecided() throws Exception {
        assertThat(run("data", "create", "farm", "--from", coco.toString()).exit())
                .isZero();
        assertThat(run("data", "check", "farm").out())
                .startsWith("Boxes were not judged: no detector in production knows a class of the data set.");
        // a dog everywhere but at the right place: each true one is suspect, and each predicted one overlooked
        assertThat(imported(new double[] {50, 44, 62, 48}, "--promote", "always")
                        .exit())
                .isZero();
        Run check = run("data", "check", "farm", "--json");
        JsonNode labels = new JsonMapper().readTree(check.out()).get("labels");
        assertThat(labels.get("kind").asString()).isEqualTo("boxes");
        assertThat(labels.get("detector").asString()).isEqualTo("pets:1");
        assertThat(labels.get("learned").isNull()).isTrue();
        JsonNode report = labels.get("report");
        assertThat(report.get("boxes").asInt()).isEqualTo(IMAGES + IMAGES / 2);
        assertThat(report.get("suspects").size()).isEqualTo(IMAGES);
        assertThat(report.get("suspects").get(0).get("kind").asString()).isEqualTo("overlooked");
        assertThat(report.get("suspects").get(0).get("likely").get("label").asString())
                .isEqualTo("dog");
        assertThat(report.get("classes").get(1).get("share").get("value").asDouble())
                .isZero();
        String confirmed;
        try (FoveaServer server = RunningServer.serve(home(), Map.of())) {
            JsonNode page = get(server, "/v1/datasets/farm/wrong-labels");
            assertThat(page.get("verdict").get(0).asString())
                    .startsWith("0 of 30 boxes look wrong to pets:1")
                    .endsWith("and 20 objects look overlooked.");
            JsonNode first = page.get("items").get(0);
            assertThat(first.get("given").isNull()).isTrue();
            assertThat(first.get("likely_box").toString()).isEqualTo("[100.0,56.0,24.0,8.0]");
            String item = "/v1/datasets/farm/items/" + first.get("hash").asString();
            post(server, item + "/annotations", """
                    {"annotator": "ada", "value": {"objects": [{"class": "dog", "box": [100, 56, 24, 8]}]}}
                    """);
            assertThat(get(server, "/v1/datasets/farm/wrong-labels")
                            .get("items")
                            .findValuesAsString("hash"))
                    .hasSize(IMAGES - 1)
                    .doesNotContain(first.get("hash").asString());
            JsonNode second = page.get("items").get(1);
            confirmed = second.get("hash").asString();
            String path = "/v1/datasets/farm/wrong-labels/" + confirmed + "/confirmed";
            post(server, path, """
                    {"id": "1", "annotator": "ada", "kind": "overlooked", "likely": "dog", "likely_box": [100, 56, 24, 8]}
                    """);
            assertThat(get(server, "/v1/datasets/farm/wrong-labels")
                            .get("items")
                            .findValuesAsString("hash"))
                    .hasSize(IMAGES - 2)
                    .doesNotContain(confirmed);
            assertThat(get(server, "/v1/datasets/farm/items/" + confirmed)
                            .get("annotations")
                            .size())
                    .isEqualTo(1);
            assertThat(status(server, path, """
                            {"id": "2", "annotator": "ada", "kind": "spurious", "given": "dog", "given_box": [1, 1, 5, 5]}
                            """)).isEqualTo(409);
            for (String wrong : List.of(
                    "{\"id\": \"3\", \"annotator\": \"ada\", \"kind\": \"class\"}",
                    "{\"id\": \"3\", \"annotator\": \"ada\", \"kind\": \"overlooked\", \"likely\": \"dog\"}",
                    "{\"id\": \"3\", \"annotator\": \"ada\", \"kind\": \"overlooked\", \"likely\": \"dog\", \"likely_box\": [1, 1, 0, 5]}",
                    "{\"id\": \"3\", \"annotator\": \"\", \"kind\": \"overlooked\", \"likely\": \"dog\", \"likely_box\": [100, 56, 24, 8]}")) {
                assertThat(status(server, path, wrong)).as(wrong).isEqualTo(400);
            }
        }
        JsonNode again =
                new JsonMapper().readTree(run("data", "check", "farm", "--json").out());
        assertThat(again.get("labels").get("report").get("suspects").findValuesAsString("image"))
                .hasSizeGreaterThanOrEqualTo(IMAGES - 2)
                .doesNotContain(confirmed);
    }

    private static void post(FoveaServer server, String path, String body) throws Exception {
        assertThat(status(server, path, body)).as(body).isEqualTo(201);
    }

    private static int status(FoveaServer server, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(server.address() + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode();
        }
    }

    private static JsonNode get(FoveaServer server, String path) throws IOException {
        try (InputStream body = URI.create(server.address() + path).toURL().openStream()) {
            return new JsonMapper().readTree(body);
        }
    }

    /** A detector that sees a cat, and a dog in the place given, in every image. */
    private Run imported(double[] dog, String... more) throws IOException {
        double[] detections = {CAT[0], CAT[1], CAT[2], CAT[3], 0.9, dog[0], dog[1], dog[2], dog[3], 0.6};
        byte[] onnx = KnownDetector.taking("images", KnownDetector.ANY, 3, KnownDetector.EDGE, KnownDetector.EDGE)
                .output("dets", FLOAT, List.of(1L, 2L, 5L), detections)
                .output("labels", INT64, List.of(1L, 2L), 0, 1)
                .bytes();
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                Files.write(directory.resolve("pets.onnx"), onnx).toString(),
                "--name",
                "pets",
                "--labels",
                Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n").toString(),
                "--contract",
                Files.writeString(directory.resolve("contract.json"), CONTRACT).toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Run run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home().toString();
        return Run.of(all);
    }

    private Path home() {
        return directory.resolve("home");
    }
}
