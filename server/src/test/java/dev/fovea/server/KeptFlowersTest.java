package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole way on photographs of flowers: trained, served, kept, labelled, and accuracy known. */
class KeptFlowersTest {

    private static final Path FLOWERS = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), "flowers5");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TRAINED = 24;
    private static final int LIVE = 12;

    @TempDir
    private Path directory;

    @Test
    void shouldKnowHowRightAModelIsFromImagesThatItsPolicyKept() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(FLOWERS), "skipped: no photographs of flowers at " + FLOWERS);
        List<Path> live = new ArrayList<>();
        Path train = Files.createDirectory(directory.resolve("flowers"));
        for (Path kind : children(FLOWERS)) {
            List<Path> images = children(kind);
            Path folder = Files.createDirectory(train.resolve(kind.getFileName().toString()));
            for (Path image : images.subList(0, TRAINED)) {
                Files.copy(image, folder.resolve(image.getFileName().toString()));
            }
            live.addAll(images.subList(TRAINED, TRAINED + LIVE));
        }
        try (RunningServer server = RunningServer.with(models -> {}, Map.of("inference.tuning-timeout", "0s"))) {
            String home = server.home().toString();
            Run trained = Run.of(
                    "train",
                    train.toString(),
                    "--name",
                    "flowers",
                    "--epochs",
                    "1",
                    "--edge",
                    "32",
                    "--promote",
                    "always",
                    "--no-int8",
                    "--home",
                    home);
            assertThat(trained.exit()).as(trained.err()).isZero();
            Run policy = Run.of(
                    "traffic",
                    "keep",
                    "flowers",
                    "--random",
                    "30/day",
                    "--uncertain",
                    "10/day",
                    "--novel",
                    "5/day",
                    "--home",
                    home);
            assertThat(policy.exit()).as(policy.err()).isZero();
            send(server, live);

            Run closed = Run.of("traffic", "keep", "flowers", "--now", "--home", home);
            assertThat(closed.exit()).as(closed.err()).isZero();
            JsonNode kept = server.get("/v1/models/flowers/traffic/keep/images?limit=500")
                    .json()
                    .get("images");
            assertThat(kept.size()).isBetween(30, 45);
            for (JsonNode image : kept) {
                String hash = image.get("kept").get("hash").asString();
                String request = image.get("request_id").asString();
                String label = request.substring(0, request.indexOf('-'));
                Reply made = server.post(
                        "/v1/datasets/flowers-traffic/items/" + hash + "/annotations",
                        "{\"annotator\": \"ada\", \"value\": {\"classes\": [\"%s\"]}}".formatted(label));
                assertThat(made.status()).as(made.body()).isEqualTo(201);
            }
            await().atMost(LIMIT)
                    .until(() -> server.get("/v1/models/flowers/truth")
                                    .json()
                                    .get("counts")
                                    .get("joined")
                                    .asLong()
                            == kept.size());

            Run shown = Run.of("accuracy", "show", "flowers", "--home", home);

            assertThat(shown.exit()).as(shown.err()).isZero();
            assertThat(shown.out()).contains("30 labels");
        }
    }

    /** Until the server, which follows the new version and the policy within a second, has seen each image. */
    private static void send(RunningServer server, List<Path> live) throws Exception {
        int[] round = {0};
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            for (int i = 0; i < live.size(); i++) {
                Path image = live.get(i);
                String id = "%s-%d-%d".formatted(image.getParent().getFileName(), i, round[0]);
                Reply reply = server.send(server.request("/v1/models/flowers/predict")
                        .header("X-Request-Id", id)
                        .POST(BodyPublishers.ofFile(image)));
                if (reply.status() != 200) {
                    return false;
                }
            }
            round[0]++;
            JsonNode open = server.get("/v1/models/flowers/traffic/keep").json().get("open");
            return !open.isEmpty() && open.get(0).get("seen").asLong() >= live.size();
        });
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
