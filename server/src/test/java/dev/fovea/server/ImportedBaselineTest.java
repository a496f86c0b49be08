package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.synthetic.FabricClass;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics of an imported version have its evaluation as baseline from the first response on. */
@Timeout(180)
class ImportedBaselineTest {

    private static final int EACH = 12;
    private static final String BASELINE = "fovea_confidence_baseline_ratio{model=\"shirts\",version=\"%d\"} ";

    @TempDir
    private Path directory;

    @Test
    void shouldTakeTheBaselineFromTheEvaluationAtTheImport() throws Exception {
        Path images = directory.resolve("images");
        for (FabricClass kind : FabricClass.values()) {
            Path folder = Files.createDirectories(images.resolve(kind.label()));
            for (int i = 0; i < EACH; i++) {
                Files.write(folder.resolve(i + ".jpg"), TestModels.image(kind, 200 + i));
            }
        }
        try (TemporaryHome home = new TemporaryHome()) {
            JsonNode imported = imported(home, 1, "--data", images.toString(), "--promote", "always");
            double mean;
            try (Application application = Application.open(home.path())) {
                List<EvaluatedImage> results = application
                        .home()
                        .evaluations()
                        .images(imported.get("evaluation").asString());
                assertThat(results).hasSize(3 * EACH);
                mean = results.stream()
                        .map(EvaluatedImage::result)
                        .map(ImageResult.Classified.class::cast)
                        .mapToDouble(ImageResult.Classified::confidence)
                        .average()
                        .orElseThrow();
            }
            assertThat(baseline(home, 1))
                    .singleElement()
                    .satisfies(found -> assertThat(Double.parseDouble(found)).isCloseTo(mean, within(1e-6)));
        }
    }

    @Test
    void shouldHaveNoBaselineWhereNothingWasEvaluated() throws Exception {
        try (TemporaryHome home = new TemporaryHome()) {
            imported(home, 2, "--promote", "always");
            assertThat(baseline(home, 1)).isEmpty();
        }
    }

    private JsonNode imported(TemporaryHome home, long seed, String... more) throws Exception {
        Path onnx = Files.write(directory.resolve("shirts.onnx"), TestModels.network(seed));
        Path contract = Files.writeString(directory.resolve("contract.json"), TestModels.CONTRACT);
        Path labels = Files.writeString(directory.resolve("labels.txt"), String.join("\n", TestModels.LABELS));
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "import",
                                onnx.toString(),
                                "--name",
                                "shirts",
                                "--contract",
                                contract.toString(),
                                "--labels",
                                labels.toString(),
                                "--home",
                                home.path().toString(),
                                "--json"),
                        Stream.of(more))
                .toList();
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    private static List<String> baseline(TemporaryHome home, int version) throws Exception {
        FoveaServer server = RunningServer.serve(home.path(), Map.of());
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
            String line = BASELINE.formatted(version);
            return client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(each -> each.startsWith(line))
                    .map(each -> each.substring(line.length()))
                    .toList();
        } finally {
            server.close();
        }
    }
}
