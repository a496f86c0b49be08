package dev.fovea.server;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.fovea.cli.Fovea;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A detector that sees a cat and a dog at the same place of each image of 128 × 64 pixels, and what labels say of it.
 * It is right about the cat always, and about the dog in every other image.
 */
class DetectorAccuracyTest {

    private static final int IMAGES = 8;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ACCURACY = "/v1/models/pets/accuracy";
    private static final String CONTRACT = """
            {"color": "RGB", "resize": {"fit": "letterbox", "size": [64, 64], "filter": "bilinear",
             "engine": "opencv", "pad": 114, "anchor": "center"}, "scale": 0.00392156862745098}
            """;
    private static final String CAT = "{\"label\": \"cat\", \"x\": 0.25, \"y\": 0.25, \"width\": 0.5, \"height\": 0.5}";
    private static final String DOG =
            "{\"label\": \"dog\", \"x\": 0.0625, \"y\": 0.0625, \"width\": 0.25, \"height\": 0.875}";

    @TempDir
    private Path directory;

    @Test
    void shouldKnowRecallAndMeanAveragePrecisionFromTrueBoxes() throws Exception {
        imported();
        try (FoveaServer server = RunningServer.serve(directory.resolve("home"), Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            List<String> truths = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                String id = sent(client, server, "/v1/models/pets/predict", "image/png", png(40 + i))
                        .get("request_id")
                        .asString();
                truths.add(
                        "{\"request_id\": \"%s\", \"boxes\": [%s]}".formatted(id, i % 2 == 0 ? CAT : CAT + "," + DOG));
            }
            await().atMost(LIMIT)
                    .until(() -> get(client, server).at("/window/predictions").asInt() == IMAGES);
            assertThat(get(client, server).get("verdict").asString())
                    .startsWith("There is no estimate without labels: it needs 50 findings on held-out images");

            JsonNode receipt = sent(
                    client,
                    server,
                    "/v1/models/pets/truth",
                    "application/json",
                    "{\"truths\": [%s]}".formatted(String.join(",", truths)).getBytes(StandardCharsets.UTF_8));

            assertThat(receipt.get("joined").asInt()).as(receipt.toString()).isEqualTo(IMAGES);
            JsonNode report = get(client, server);
            assertThat(report.get("verdict").asString()).contains("mAP at an overlap of 0.5", "8 labelled images");
            JsonNode known = report.at("/findings/known");
            assertThat(known.at("/exact/value").asDouble()).isEqualTo(0.5);
            assertThat(known.at("/classes/0/precision/value").asDouble()).isEqualTo(1);
            assertThat(known.at("/classes/0/recall/value").asDouble()).isEqualTo(1);
            assertThat(known.at("/classes/1/label").asString()).isEqualTo("dog");
            assertThat(known.at("/classes/1/found").asInt()).isEqualTo(IMAGES);
            assertThat(known.at("/classes/1/precision/value").asDouble()).isCloseTo(0.5, within(1e-9));
            assertThat(known.at("/classes/1/recall/value").asDouble()).isEqualTo(1);
            // the average precision of dogs, which all have the same score, is their precision
            assertThat(known.at("/mean_average_precision/value").asDouble()).isCloseTo(0.75, within(1e-9));
        }
        assertThat(Fovea.run("accuracy", "show", "pets", "--home", home())).isZero();
    }

    private void imported() throws Exception {
        double[] detections = {16, 24, 48, 40, 0.9, 4, 18, 20, 46, 0.6};
        byte[] onnx = KnownDetector.taking("images", KnownDetector.ANY, 3, KnownDetector.EDGE, KnownDetector.EDGE)
                .output("dets", FLOAT, List.of(1L, 2L, 5L), detections)
                .output("labels", INT64, List.of(1L, 2L), 0, 1)
                .bytes();
        String model = Files.write(directory.resolve("pets.onnx"), onnx).toString();
        String labels =
                Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n").toString();
        String contract =
                Files.writeString(directory.resolve("contract.json"), CONTRACT).toString();
        Run imported = Run.of(
                "import",
                model,
                "--name",
                "pets",
                "--labels",
                labels,
                "--contract",
                contract,
                "--promote",
                "always",
                "--home",
                home());
        assertThat(imported.exit()).as(imported.err()).isZero();
    }

    private String home() {
        return directory.resolve("home").toString();
    }

    private static byte[] png(int grey) {
        byte[] pixels = new byte[128 * 64 * 3];
        Arrays.fill(pixels, (byte) grey);
        try (Image image = Image.of(pixels, 128, 64, 3)) {
            return new ImageWriter().png(image);
        }
    }

    private static JsonNode get(HttpClient client, FoveaServer server) throws Exception {
        return answered(client, HttpRequest.newBuilder(URI.create(server.address() + ACCURACY)));
    }

    private static JsonNode sent(HttpClient client, FoveaServer server, String path, String type, byte[] body)
            throws Exception {
        return answered(
                client,
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static JsonNode answered(HttpClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonMapper().readTree(response.body());
    }
}
