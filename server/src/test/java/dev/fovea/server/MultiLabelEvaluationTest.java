package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.model.graph.GraphBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A network whose labels are the colours in an image, each by the mean of its channel. */
class MultiLabelEvaluationTest {

    /** Enough for a reference of held-out images. */
    private static final int IMAGES = 56;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String ACCURACY = "/v1/models/colours/accuracy";

    @TempDir
    private Path directory;

    @Test
    void shouldGiveEachLabelItsFiguresAndAVerdictInWords() throws IOException {
        StringBuilder table = new StringBuilder("image,red,green,blue\n");
        Path images = Files.createDirectory(directory.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            int[] shows = {i % 2, i / 2 % 2, i / 4 % 2};
            Files.write(images.resolve(i + ".png"), png(i, shows));
            table.append("%d.png,%d,%d,%d\n".formatted(i, shows[0], shows[1], shows[2]));
        }
        Files.writeString(images.resolve("labels.csv"), table);
        Run imported = run(
                "import",
                Files.write(directory.resolve("colours.onnx"), network()).toString(),
                "--name",
                "colours",
                "--task",
                "multi-label",
                "--labels",
                Files.writeString(directory.resolve("labels.txt"), "red\ngreen\nblue\n")
                        .toString(),
                "--contract",
                Files.writeString(directory.resolve("contract.json"), """
                                {"color": "RGB", "resize": {"fit": "stretch", "size": [8], "filter": "area", "engine": "opencv"},
                                 "scale": 0.00392156862745098}
                                """).toString(),
                "--data",
                images.toString());
        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(imported.out())
                .startsWith("Usable: better than a ranking at random, by +50.0 points of average precision")
                .contains("It is in production");
        Run evaluated = run("evaluate", "colours", "--data", images.toString(), "--json");
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        JsonNode json = new JsonMapper().readTree(evaluated.out());
        assertThat(json.get("task").asString()).isEqualTo("multi-label");
        JsonNode red = json.get("report").get("labels").get(0);
        assertThat(red.get("support").asInt()).isEqualTo(IMAGES / 2);
        assertThat(red.get("recall").get("value").asDouble()).isEqualTo(1);
        assertThat(json.get("report").get("verdict").get("outcome").asString()).isEqualTo("usable");
        assertServed(json);
    }

    private void assertServed(JsonNode json) throws IOException {
        String one = "/v1/models/colours/versions/1/evaluations/"
                + json.get("evaluation").asString();
        try (FoveaServer server = RunningServer.serve(directory.resolve("home"), Map.of())) {
            JsonNode run = get(server, one);
            assertThat(run.get("multi_label")).isEqualTo(json.get("report"));
            assertThat(run.get("classification").isNull()).isTrue();
            assertThat(run.get("headline").asString()).startsWith("Usable: ");
            JsonNode both = get(server, one + "/images?truth=red&predicted=red");
            assertThat(both.get("total").asInt()).isEqualTo(IMAGES / 2);
            assertThat(get(server, one + "/images?correct=false").get("total").asInt())
                    .isZero();
            assertWatched(server);
        }
    }

    /** In production all is as on the held-out images, and each eighth image shows red that is not known to. */
    private static void assertWatched(FoveaServer server) throws IOException {
        List<String> truths = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            JsonNode prediction =
                    post(server, "/v1/models/colours/predict", "image/png", png(i, i % 2, i / 2 % 2, i / 4 % 2));
            List<String> shown = new ArrayList<>();
            if (i % 2 == 1 || i % 8 == 0) {
                shown.add("\"red\"");
            }
            if (i / 2 % 2 == 1) {
                shown.add("\"green\"");
            }
            if (i / 4 % 2 == 1) {
                shown.add("\"blue\"");
            }
            truths.add("{\"request_id\": \"%s\", \"labels\": [%s]}"
                    .formatted(prediction.get("request_id").asString(), String.join(",", shown)));
        }
        await().atMost(LIMIT)
                .until(() -> get(server, ACCURACY).at("/window/predictions").asInt() == IMAGES);
        JsonNode receipt = post(
                server,
                "/v1/models/colours/truth",
                "application/json",
                "{\"truths\": [%s]}".formatted(String.join(",", truths)).getBytes(StandardCharsets.UTF_8));
        assertThat(receipt.get("joined").asInt()).as(receipt.toString()).isEqualTo(IMAGES);

        JsonNode report = get(server, ACCURACY);

        assertThat(report.get("verdict").asString())
                .startsWith("All labels right on 87.5 %")
                .contains("Estimated precision without labels");
        JsonNode known = report.at("/findings/known");
        assertThat(known.at("/exact/value").asDouble()).isEqualTo(0.875);
        assertThat(known.at("/classes/0/recall/value").asDouble()).isEqualTo(0.8);
        assertThat(known.at("/classes/1/recall/value").asDouble()).isEqualTo(1);
        assertThat(report.at("/findings/estimated/held_out").asInt()).isEqualTo(IMAGES);
    }

    private static JsonNode post(FoveaServer server, String path, String type, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server.address() + path).toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", type);
        connection.getOutputStream().write(body);
        try (InputStream answer = connection.getInputStream()) {
            return new JsonMapper().readTree(answer);
        }
    }

    private static JsonNode get(FoveaServer server, String path) throws IOException {
        try (InputStream body = URI.create(server.address() + path).toURL().openStream()) {
            return new JsonMapper().readTree(body);
        }
    }

    private static byte[] png(int number, int... shows) {
        byte[] pixels = new byte[8 * 8 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (shows[i % 3] == 1 ? 200 + number : 10 + number);
        }
        try (Image image = Image.of(pixels, 8, 8, 3)) {
            return new ImageWriter().png(image);
        }
    }

    private static byte[] network() {
        GraphBuilder graph = new GraphBuilder("colours");
        String pooled =
                graph.node("GlobalAveragePool", "pooled", List.of(graph.input("input", GraphBuilder.BATCH, 3, 8, 8)));
        String flat = graph.node("Flatten", "flat", List.of(pooled));
        String weights = graph.weights("w", List.of(3L, 3L), new float[] {12, 0, 0, 0, 12, 0, 0, 0, 12});
        String bias = graph.weights("b", List.of(3L), new float[] {-6, -6, -6});
        String logits = graph.node("Gemm", "logits", List.of(flat, weights, bias));
        graph.node("Sigmoid", "scores", List.of(logits));
        return graph.output("scores", GraphBuilder.BATCH, 3).build().bytes();
    }

    private Run run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = directory.resolve("home").toString();
        return Run.of(all);
    }
}
