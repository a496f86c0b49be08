package dev.fovea.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.server.Run;
import dev.fovea.server.RunningServer;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code fovea load} against the program's own server. */
class LoadCommandTest {

    private static final String KEY = "a-key-of-enough-characters";
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                models -> {
                    RunningServer.shirts(models);
                    models.promote(models.register("shoes", 3));
                },
                Map.of("auth.api-keys", KEY));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldLoadAtARateAndThenAtTwiceThePeak() {
        JsonNode first = json(load("shirts", "--rate", "40", "--json"));
        JsonNode traffic = first.get("traffic");
        assertThat(traffic.get("due").asInt()).isPositive();
        assertThat(traffic.get("succeeded").asInt())
                .isEqualTo(traffic.get("due").asInt());
        assertThat(first.get("errors")).isEmpty();
        assertThat(first.get("latency_ms").get("p99").asDouble()).isPositive();
        assertThat(first.get("p99").isNull()).isTrue();

        JsonNode again = json(load("shirts", "--rate", "2x", "--json"));
        double peak = again.get("peak_requests_per_second").asDouble();
        assertThat(peak).isPositive();
        assertThat(again.get("requests_per_second").asDouble()).isEqualTo(2 * peak);
    }

    @Test
    void shouldSayWhetherAStatedP99Held(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("tear"));
        Files.write(inner.resolve("1.jpg"), TestModels.image(FabricClass.TEAR, 4));
        Files.writeString(folder.resolve("notes.txt"), "no image");
        Run held = load("shirts", "--rate", "20/s", "--p99", "20s", "--images", folder.toString());
        assertThat(held.exit()).as(held.err()).isZero();
        assertThat(held.out()).contains("offered", "p99 limit 20000.0 ms: met. 100.00 %");
        Run missed = load("shirts", "--rate", "20/s", "--p99", "0.01ms");
        assertThat(missed.exit()).isEqualTo(1);
        assertThat(missed.out()).contains("p99 limit 0.01 ms: MISSED. 0.00 %");
    }

    @Test
    void shouldCountImagesThatTheServerRefusesByCode(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("1.jpg"), "no image");
        Run run = load("shirts", "--images", folder.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("IMAGE_FORMAT_UNSUPPORTED", "No request succeeded.");
    }

    @Test
    void shouldAskForARateWhereNobodyHasAskedTheModelYet() {
        Run run = load("shoes", "--rate", "2x");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("ARGUMENT_INVALID", "2x", "--rate 50/s");
    }

    @Test
    void shouldPassOnWhyTheServerRefuses() {
        Run unknown = load("boots");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("MODEL_UNKNOWN", "boots");
        Run keyless = Run.of("load", "shirts", "--rate", "1", "--url", server.address());
        assertThat(keyless.err()).contains("UNAUTHENTICATED");
        Run elsewhere = Run.of("load", "shirts", "--rate", "1", "--url", "http://127.0.0.1:1");
        assertThat(elsewhere.exit()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("REMOTE_FAILED", "127.0.0.1:1", "--url");
    }

    @ParameterizedTest
    @CsvSource({
        "--rate, fast",
        "--for, 60",
        "--warm-up, 1 minute",
        "--timeout, 0s",
        "--p99, 50",
        "--in-flight, 0",
        "--url, localhost:8080",
        "--images, nowhere"
    })
    void shouldRefuseWhatItDoesNotUnderstandByNameAndValue(String option, String value) {
        Run run =
                option.equals("--rate") ? load("shirts", option, value) : load("shirts", "--rate", "1", option, value);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(value).doesNotContain("Exception");
    }

    /** With the options that a test does not give itself. */
    private static Run load(String model, String... given) {
        Map<String, String> usual = Map.of(
                "--rate", "10", "--for", "500ms", "--warm-up", "100ms", "--url", server.address(), "--api-key", KEY);
        List<String> line = new ArrayList<>(List.of("load", model));
        line.addAll(List.of(given));
        usual.forEach((option, value) -> {
            if (!line.contains(option)) {
                line.addAll(List.of(option, value));
            }
        });
        return Run.of(line.toArray(String[]::new));
    }

    private static JsonNode json(Run run) {
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }
}
