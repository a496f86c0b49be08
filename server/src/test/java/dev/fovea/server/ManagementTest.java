package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.server.RunningServer.Reply;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ManagementTest {

    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[a-zA-Z_]\\w*=\"[^\"\\n]*\"(?:,[a-zA-Z_]\\w*=\"[^\"\\n]*\")*})? (\\S+)");

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(RunningServer::shirts);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldBeAliveAndReady() throws Exception {
        Reply liveness = server.management("/health/liveness");
        assertThat(liveness.status()).isEqualTo(200);
        assertThat(liveness.json().get("status").asString()).isEqualTo("UP");
        Reply readiness = server.management("/health/readiness");
        assertThat(readiness.status()).isEqualTo(200);
        assertThat(readiness
                        .json()
                        .get("components")
                        .get("models")
                        .get("status")
                        .asString())
                .isEqualTo("UP");
    }

    /** Health is asked for on its own port only, so that the API's port says nothing without a key. */
    @Test
    void shouldNotShowHealthOnTheApisPort() throws Exception {
        assertThat(server.get("/health/readiness").status()).isEqualTo(404);
        assertThat(server.get("/metrics").status()).isEqualTo(404);
    }

    @Test
    void shouldExposeNothingElse() throws Exception {
        for (String endpoint : List.of("/env", "/beans", "/heapdump", "/shutdown", "/configprops", "/loggers")) {
            assertThat(server.management(endpoint).status()).as(endpoint).isEqualTo(404);
        }
    }

    @Test
    void shouldNotBeReadyWhenProductionCannotAnswer() throws Exception {
        try (RunningServer other = RunningServer.with(RunningServer::shirts)) {
            assertThat(other.management("/health/readiness").status()).isEqualTo(200);
            other.server().application().models().drain();
            Reply readiness = other.management("/health/readiness");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(readiness.body()).contains("MODEL_NOT_SERVED", "shirts");
            assertThat(other.get("/v2/health/ready").status()).isEqualTo(503);
            assertThat(other.management("/health/liveness").status()).isEqualTo(200);
        }
    }

    /** The home's folder for work under way is replaced by a file: nothing can be written there, by root either. */
    @Test
    void shouldStayReadyAndSaySoWhenTheHomeCannotBeWritten() throws Exception {
        try (RunningServer other = RunningServer.with(RunningServer::shirts)) {
            Path tmp = other.home().resolve("tmp");
            Files.delete(tmp);
            Files.createFile(tmp);
            other.server().application().healthCheck().check();
            Reply readiness = other.management("/health/readiness");
            assertThat(readiness.status()).isEqualTo(200);
            assertThat(readiness.json().get("status").asString()).isEqualTo("DEGRADED");
            assertThat(readiness.body()).contains("STORAGE_FAILED", tmp.toString());
            assertThat(other.predict("shirts", BadInputApiTest.png(40, 40)).status())
                    .isEqualTo(200);
            Files.delete(tmp);
            Files.createDirectory(tmp);
            other.server().application().healthCheck().check();
            assertThat(other.management("/health/readiness")
                            .json()
                            .get("status")
                            .asString())
                    .isEqualTo("UP");
        }
    }

    @Test
    void shouldGiveMetricsThatPrometheusCanRead() throws Exception {
        int requests = 5;
        for (int i = 0; i < requests; i++) {
            server.predict("shirts", BadInputApiTest.png(40 + i, 40));
        }
        server.predict("shirts", new byte[] {1, 2, 3});
        Reply reply = server.management("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith("text/plain").contains("version=0.0.4");
        List<Matcher> samples = reply.body()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(SAMPLE::matcher)
                .toList();
        assertThat(samples).isNotEmpty().allSatisfy(sample -> {
            assertThat(sample.matches()).as(sample.toString()).isTrue();
            assertThat(Double.parseDouble(sample.group(3).replace("Inf", "Infinity")))
                    .isNotNaN();
        });
        assertThat(reply.body())
                .contains(
                        "# TYPE fovea_stage_duration_seconds histogram",
                        "# TYPE fovea_requests_total counter",
                        "code=\"IMAGE_FORMAT_UNSUPPORTED\"",
                        "http_server_request_duration_seconds_count{code=\"200\",method=\"POST\"}",
                        "http_server_request_duration_seconds_count{code=\"400\",method=\"POST\"} 1\n",
                        "fovea_build_info{version=\"dev\"} 1",
                        "jvm_gc_collection_seconds_count",
                        "process_cpu_seconds_total");
        assertHistogramGrows(samples, requests);
    }

    /** Prometheus' own linter: names, units, types and help of all that the server exposes. */
    @Test
    void shouldPassTheLinterOfPrometheus() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "SKIPPED: promtool is not on the PATH; install Prometheus (Debian: apt-get install prometheus).");
        server.predict("shirts", BadInputApiTest.png(40, 41));
        Path metrics = Files.createTempFile("metrics", ".txt");
        Files.writeString(metrics, server.management("/metrics").body());
        Process linter = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectErrorStream(true)
                .start();
        String findings = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(findings).isEmpty();
        assertThat(linter.waitFor()).isZero();
        Files.delete(metrics);
    }

    private static void assertHistogramGrows(List<Matcher> samples, int requests) {
        List<Double> buckets = samples.stream()
                .filter(sample -> sample.group(1).equals("fovea_stage_duration_seconds_bucket")
                        && sample.group(2).contains("stage=\"infer\"")
                        && sample.group(2).contains("version=\"1\""))
                .map(sample -> Double.valueOf(sample.group(3)))
                .toList();
        assertThat(buckets).hasSizeGreaterThan(5).isSorted();
        assertThat(buckets.getLast()).isGreaterThanOrEqualTo(requests);
        assertThat(samples.stream()
                        .filter(s -> s.group(1).equals("fovea_stage_duration_seconds_count")
                                && s.group(2).contains("stage=\"infer\"")))
                .anySatisfy(count -> assertThat(Double.valueOf(count.group(3))).isEqualTo(buckets.getLast()));
    }
}
