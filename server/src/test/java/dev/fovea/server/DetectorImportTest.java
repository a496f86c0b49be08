package dev.fovea.server;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT16;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT32;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Detectors that select their detections themselves, in the shapes of their exporters: imported without a decoder, they
 * find a cat and a dog in an image of 128 × 64 pixels, which the contract letterboxes to 64 × 64.
 */
class DetectorImportTest {

    private static final long ANY = KnownDetector.ANY;
    private static final int EDGE = KnownDetector.EDGE;
    private static final String CONTRACT = """
            {"color": "RGB", "resize": {"fit": "letterbox", "size": [64, 64], "filter": "bilinear",
             "engine": "opencv", "pad": 114, "anchor": "center"}, "scale": 0.00392156862745098}
            """;

    private static final String LABELS = "cat\ndog\nbird\n";

    /** In pixels of the network; in the image {@code x · 2} and {@code (y − 16) · 2}. */
    private static final double[] CAT = {16, 24, 48, 40};

    private static final double[] DOG = {4, 18, 20, 46};
    private static final List<Integer> CAT_SEEN = List.of(32, 16, 96, 48);
    private static final List<Integer> DOG_SEEN = List.of(8, 4, 40, 60);

    @TempDir
    private Path directory;

    static Stream<Arguments> families() {
        Map<String, KnownDetector> families = new TreeMap<>();
        families.put("ultralytics", ultralytics(input(1), "end2end", "True"));
        families.put("ultralytics-nms", ultralytics(input(ANY), "args", "{'batch': 1, 'nms': True}"));
        families.put("rows-without-metadata", input(1).output("output0", FLOAT, rowsShape(), rows()));
        families.put("efficient-nms", efficientNms(INT32, FLOAT));
        families.put("efficient-nms-half", efficientNms(INT64, FLOAT16));
        families.put("tensorflow", tensorFlow(FLOAT));
        families.put("tensorflow-integers", tensorFlow(INT64));
        families.put("torchvision", torchvision(input(1), "boxes", "labels", "scores"));
        families.put("torchvision-open-batch", torchvision(input(ANY), "boxes", "labels", "scores"));
        families.put(
                "torchvision-image", torchvision(KnownDetector.taking("image", 3, EDGE, EDGE), "6379", "6381", "6383"));
        families.put("rt-detr", rtDetr(INT64));
        families.put("rt-detr-integers", rtDetr(INT32));
        families.put("d-fine-sizes-inside", sizesInside());
        families.put("mmdeploy", mmDeploy());
        families.put("nanodet", nanoDet());
        return families.entrySet().stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue().bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void shouldGiveBoxesInTheImagesOwnPixels(String family, byte[] onnx) throws IOException {
        Run imported = imported(family, onnx, LABELS);
        assertThat(imported.exit()).as(imported.err()).isZero();
        Run predicted = run(
                "predict",
                family,
                image().toString(),
                "--json",
                "--draw",
                directory.resolve("drawn").toString());
        assertThat(predicted.exit()).as(predicted.err()).isZero();
        assertSeen(new JsonMapper().readTree(predicted.out()));
        assertThat(directory.resolve("drawn")).isDirectoryContaining("glob:**.jpg");
    }

    @Test
    void shouldServeSeveralImagesAtOnceOverHttp() throws Exception {
        imported("efficient", efficientNms(INT32, FLOAT).bytes(), LABELS);
        imported("torch", torchvision(input(ANY), "boxes", "labels", "scores").bytes(), LABELS);
        imported("rtdetr", rtDetr(INT64).bytes(), LABELS);
        byte[] image = Files.readAllBytes(image());
        try (FoveaServer server = RunningServer.serve(home(), Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String name = List.of("efficient", "torch", "rtdetr").get(i % 3);
                replies.add(client.sendAsync(
                        HttpRequest.newBuilder(URI.create("%s/v1/models/%s/predict".formatted(server.address(), name)))
                                .header("Cache-Control", "no-cache")
                                .POST(BodyPublishers.ofByteArray(image))
                                .build(),
                        BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> reply : replies) {
                HttpResponse<String> response = reply.get();
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                assertSeen(new JsonMapper().readTree(response.body()));
            }
        }
    }

    @Test
    void shouldFindNothingWhereTheNetworkFindsNothing() throws IOException {
        Run imported = imported(
                "nothing",
                input(1).unbatched("boxes", FLOAT, List.of(0L, 4L))
                        .unbatched("labels", INT64, List.of(0L))
                        .unbatched("scores", FLOAT, List.of(0L))
                        .bytes(),
                LABELS);
        assertThat(imported.exit()).as(imported.err()).isZero();
        Run predicted = run("predict", "nothing", image().toString(), "--json");
        assertThat(predicted.exit()).as(predicted.err()).isZero();
        assertThat(predicted.out()).contains("\"objects\"").doesNotContain("\"cat\"");
    }

    @Test
    void shouldAskForWhatNeitherTheGraphNorATrialTells() throws IOException {
        Run imported = imported(
                "open",
                input(1).output("boxes", FLOAT, List.of(1L, 2L, 4L), new double[8])
                        .output("labels", INT64, List.of(1L, 2L), 0, 0)
                        .output("scores", FLOAT, List.of(1L, 2L), 0, 0)
                        .bytes(),
                LABELS);
        assertThat(imported.exit()).isNotZero();
        assertThat(imported.err()).contains("pixels or in shares", "docs/examples/detections-decoder.json");
    }

    /** torchvision's and TensorFlow's lists of labels have lines for the background and for indices without a class. */
    @Test
    void shouldLeaveTheBackgroundOutOfTheLabels() throws IOException {
        String objects = "__background__\ncat\ndog\nN/A\nbird\nN/A\n";
        assertBackground("torch", torchvision(input(1), "boxes", "labels", "scores"), objects);
        assertBackground("tensors", tensorFlow(FLOAT), objects);
        assertBackground("nano", nanoDet(), "BACKGROUND\n" + LABELS);
    }

    private void assertBackground(String name, KnownDetector network, String labels) throws IOException {
        Run imported = imported(name, network.bytes(), labels);
        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("which stands for no object");
        Run predicted = run("predict", name, image().toString(), "--json");
        assertSeen(new JsonMapper().readTree(predicted.out()));
    }

    @Test
    void shouldNameTheFirstLabelWithoutAClass() throws IOException {
        Path decoder = Files.writeString(
                directory.resolve("decoder.json"), "{\"kind\": \"nanodet\", \"outputs\": [\"output\"]}");
        Run imported = imported("many", nanoDet().bytes(), LABELS + "horse\n", "--decoder", decoder.toString());
        assertThat(imported.exit()).isNotZero();
        assertThat(imported.err()).contains("LABELS_MISMATCH", "3 classes", "4 labels", "\"horse\"");
    }

    @Test
    void shouldRefuseClassesWithoutALabel() throws IOException {
        Run imported =
                imported("classes", ultralytics(input(1), "end2end", "True").bytes(), "cat\n");
        assertThat(imported.exit()).isNotZero();
        assertThat(imported.err()).contains("LABELS_MISMATCH", "class index 1", "1 labels");
    }

    private static void assertSeen(JsonNode answer) {
        JsonNode objects = answer.findValue("objects");
        assertThat(objects).as(answer.toPrettyString()).hasSize(2);
        assertObject(objects.get(0), "cat", 0.9, CAT_SEEN);
        assertObject(objects.get(1), "dog", 0.6, DOG_SEEN);
    }

    private static void assertObject(JsonNode object, String label, double score, List<Integer> box) {
        assertThat(object.findValue("label").stringValue()).isEqualTo(label);
        assertThat(object.findValue("confidence").doubleValue()).isCloseTo(score, within(1e-3));
        JsonNode found = object.findValue("box");
        List<String> edges = List.of("x1", "y1", "x2", "y2");
        for (int i = 0; i < 4; i++) {
            JsonNode edge = found.isArray() ? found.get(i) : found.get(edges.get(i));
            assertThat(edge.doubleValue()).as(found.toString()).isCloseTo(box.get(i), within(0.05));
        }
    }

    private static KnownDetector input(long batch) {
        return KnownDetector.taking("images", batch, 3, EDGE, EDGE);
    }

    private static KnownDetector ultralytics(KnownDetector network, String key, String value) {
        return network.metadata("names", "{0: 'cat', 1: 'dog', 2: 'bird'}")
                .metadata("stride", "32")
                .metadata("task", "detect")
                .metadata("imgsz", "[64, 64]")
                .metadata(key, value)
                .output("output0", FLOAT, rowsShape(), rows());
    }

    private static List<Long> rowsShape() {
        return List.of(1L, 300L, 6L);
    }

    private static double[] rows() {
        double[] rows = new double[300 * 6];
        System.arraycopy(CAT, 0, rows, 0, 4);
        System.arraycopy(new double[] {0.9, 0}, 0, rows, 4, 2);
        System.arraycopy(DOG, 0, rows, 6, 4);
        System.arraycopy(new double[] {0.6, 1}, 0, rows, 10, 2);
        return rows;
    }

    /** The third row is left over in memory and does not count. */
    private static KnownDetector efficientNms(DataType integers, DataType reals) {
        return input(ANY)
                .output("num_dets", integers, List.of(1L, 1L), 2)
                .output("det_boxes", reals, List.of(1L, 3L, 4L), joined(CAT, DOG, new double[] {1, 1, 60, 60}))
                .output("det_scores", reals, List.of(1L, 3L), 0.9, 0.6, 0.8)
                .output("det_classes", integers, List.of(1L, 3L), 0, 1, 7);
    }

    private static KnownDetector tensorFlow(DataType classes) {
        return input(ANY)
                .output("detection_boxes:0", FLOAT, List.of(1L, 3L, 4L), joined(yx(CAT), yx(DOG), new double[4]))
                .output("detection_classes:0", classes, List.of(1L, 3L), 1, 2, 1)
                .output("detection_scores:0", FLOAT, List.of(1L, 3L), 0.9, 0.6, 0)
                .output("num_detections:0", FLOAT, List.of(1L), 3)
                .output("raw_detection_scores:0", FLOAT, List.of(1L, 5L, 4L), new double[20]);
    }

    private static KnownDetector torchvision(KnownDetector network, String boxes, String labels, String scores) {
        return network.unbatched(boxes, FLOAT, List.of(2L, 4L), joined(CAT, DOG))
                .unbatched(labels, INT64, List.of(2L), 1, 2)
                .unbatched(scores, FLOAT, List.of(2L), 0.9, 0.6);
    }

    private static KnownDetector rtDetr(DataType sizes) {
        return input(ANY)
                .input("orig_target_sizes", sizes, ANY, 2)
                .output("labels", INT64, List.of(1L, 3L), 0, 1, 2)
                .scaled(
                        "boxes",
                        "orig_target_sizes",
                        List.of(1L, 3L, 4L),
                        joined(shares(CAT), shares(DOG), shares(DOG)))
                .output("scores", FLOAT, List.of(1L, 3L), 0.9, 0.6, 0.01);
    }

    private static KnownDetector sizesInside() {
        return input(ANY)
                .output("labels", INT64, List.of(1L, 2L), 0, 1)
                .output("boxes", FLOAT, List.of(1L, 2L, 4L), joined(shares(CAT), shares(DOG)))
                .output("scores", FLOAT, List.of(1L, 2L), 0.9, 0.6);
    }

    private static KnownDetector mmDeploy() {
        double[] dets = {CAT[0], CAT[1], CAT[2], CAT[3], 0.9, DOG[0], DOG[1], DOG[2], DOG[3], 0.6};
        return input(ANY)
                .output("dets", FLOAT, List.of(1L, 2L, 5L), dets)
                .output("labels", INT64, List.of(1L, 2L), 0, 1);
    }

    /** Cells of stride 8: 36 is at (32, 32), 33 at (8, 32). */
    private static KnownDetector nanoDet() {
        double[] values = new double[85 * 35];
        cell(values, 36, 0, 0.9, 2, 1, 2, 1);
        cell(values, 33, 1, 0.6, 0.5, 1.75, 1.5, 1.75);
        return input(ANY).output("output", FLOAT, List.of(1L, 85L, 35L), values);
    }

    /** A distance between two whole numbers weighs both by how near they are; logits are the weights' logarithms. */
    private static void cell(double[] values, int cell, int label, double score, double... distances) {
        int at = cell * 35;
        values[at + label] = score;
        for (int side = 0; side < 4; side++) {
            for (int bin = 0; bin < 8; bin++) {
                double weight = Math.max(0, 1 - Math.abs(distances[side] - bin));
                values[at + 3 + side * 8 + bin] = Math.max(-80, Math.log(weight));
            }
        }
    }

    private static double[] yx(double[] box) {
        double[] shares = shares(box);
        return new double[] {shares[1], shares[0], shares[3], shares[2]};
    }

    private static double[] shares(double[] box) {
        return Arrays.stream(box).map(edge -> edge / EDGE).toArray();
    }

    private static double[] joined(double[]... boxes) {
        return Arrays.stream(boxes).flatMapToDouble(Arrays::stream).toArray();
    }

    private Path image() throws IOException {
        byte[] pixels = new byte[128 * 64 * 3];
        Arrays.fill(pixels, (byte) 90);
        try (Image image = Image.of(pixels, 128, 64, 3)) {
            return Files.write(directory.resolve("image.png"), new ImageWriter().png(image));
        }
    }

    private Run imported(String name, byte[] onnx, String labels, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                Files.write(directory.resolve(name + ".onnx"), onnx).toString(),
                "--name",
                name,
                "--labels",
                Files.writeString(directory.resolve("names.list"), labels).toString(),
                "--contract",
                Files.writeString(directory.resolve("contract.json"), CONTRACT).toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private Path home() {
        return directory.resolve("home");
    }

    private Run run(String... arguments) {
        return Run.of(Stream.concat(Arrays.stream(arguments), Stream.of("--home", home().toString()))
                .toArray(String[]::new));
    }
}
