package dev.fovea.cli.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.Run;
import dev.fovea.server.RunningServer;
import dev.fovea.server.TestModels;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With Prometheus' own tools where they are on the path: Debian's packages prometheus and prometheus-alertmanager. */
class ObservabilityCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private Run write(String... options) {
        List<String> arguments = new ArrayList<>(List.of("observability", directory.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Path tool(String name) {
        Optional<Path> tool = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                tool.isPresent(),
                name + " is not on the path; install Debian's prometheus and prometheus-alertmanager");
        return tool.get();
    }

    private String check(Path tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        for (String name : List.of("fovea-service", "fovea-models")) {
            dashboards.add(JSON.readTree(Files.readString(directory.resolve("grafana/%s.json".formatted(name)))));
        }
        return dashboards;
    }

    private Set<String> expressions() throws IOException {
        Set<String> expressions = new HashSet<>();
        for (JsonNode dashboard : dashboards()) {
            dashboard
                    .get("panels")
                    .forEach(panel -> panel.get("targets")
                            .forEach(
                                    target -> expressions.add(target.get("expr").asString())));
        }
        return expressions;
    }

    @Test
    void shouldWriteDashboardsWhosePanelsDoNotOverlap() throws Exception {
        assertThat(write().exit()).isZero();
        for (JsonNode dashboard : dashboards()) {
            assertThat(dashboard.get("schemaVersion").asInt()).isEqualTo(42);
            Set<String> cells = new HashSet<>();
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.get("panels")) {
                assertThat(ids.add(panel.get("id").asInt())).isTrue();
                JsonNode place = panel.get("gridPos");
                assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    for (int y = 0; y < place.get("h").asInt(); y++) {
                        assertThat(cells.add((place.get("x").asInt() + x) + ","
                                        + (place.get("y").asInt() + y)))
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--latency, 0.3, it must be a bound of the histogram",
        "--availability, 100, a percentage from 93.1",
        "--latency-target, 50, a percentage from 93.1",
        "--target, here, write it as HOST:PORT"
    })
    void shouldRefuseObjectivesThatCannotBeWatched(String option, String value, String message) {
        Run run = write(option, value);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(option, value, message);
        assertThat(directory.resolve("fovea.rules.yml")).doesNotExist();
    }

    @Test
    void shouldPassTheChecksOfPromtool() throws Exception {
        Path promtool = tool("promtool");
        assertThat(write("--availability", "99.95", "--latency", "0.25").exit()).isZero();
        assertThat(check(promtool, "check", "rules", "fovea.rules.yml")).contains("SUCCESS: 38 rules found");
        assertThat(check(promtool, "test", "rules", "fovea.rules.test.yml")).contains("SUCCESS");
        assertThat(check(promtool, "check", "config", "prometheus.yml")).contains("SUCCESS");
    }

    @Test
    void shouldPassTheChecksOfAmtool() throws Exception {
        Path amtool = tool("amtool");
        assertThat(write().exit()).isZero();
        assertThat(check(amtool, "check-config", "alertmanager.yml")).contains("SUCCESS");
        assertThat(check(
                        amtool,
                        "config",
                        "routes",
                        "test",
                        "--config.file=alertmanager.yml",
                        "alertname=FoveaAvailabilityBurn",
                        "severity=critical"))
                .contains("fovea-pages");
    }

    /** Every expression of a dashboard and every metric of a rule, on what a real server exposes. */
    @Test
    void shouldAskARealPrometheusForMetricsThatARealServerHas() throws Exception {
        Path prometheus = tool("prometheus");
        try (RunningServer server = RunningServer.with(RunningServer::shirts);
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++) {
                assertThat(server.predict("shirts", TestModels.image(FabricClass.HOLE, i))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(server.predict("shirts", new byte[] {1, 2, 3}).status()).isEqualTo(400);
            assertThat(write("--target", "127.0.0.1:" + server.server().managementPort())
                            .exit())
                    .isZero();
            Path config = directory.resolve("prometheus.yml");
            Files.writeString(
                    config,
                    "global: {evaluation_interval: 1s}\n"
                            + Files.readString(config).replace("scrape_interval: 15s", "scrape_interval: 1s"));
            URI root = URI.create("http://127.0.0.1:" + freePort());
            Process process = new ProcessBuilder(
                            prometheus.toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + root.getPort())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            try {
                await().atMost(Duration.ofMinutes(2)).until(() -> isReady(client, root));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> found(client, root, "fovea:request_errors:ratio_rate5m") > 0);
                for (String expression : expressions()) {
                    String asked = expression.replace("$__rate_interval", "1m").replace("$model", ".*");
                    assertThat(query(client, root, asked).get("status").asString())
                            .as(asked)
                            .isEqualTo("success");
                    for (String metric : metrics(expression)) {
                        requireMetric(client, root, metric);
                    }
                }
                for (String metric : metrics(Files.readString(directory.resolve("fovea.rules.yml")))) {
                    requireMetric(client, root, metric);
                }
                assertThat(query(client, root, "count(ALERTS{alertname!=\"FoveaRowsLost\"})")
                                .toString())
                        .contains("\"result\":[]");
            } finally {
                process.destroy();
                int _ = process.waitFor();
            }
        }
    }

    /**
     * Metrics that appear once they have a value: here is no cascade, fallback, objective, rollout, alert, route,
     * evaluation or loss.
     */
    private static final Set<String> OPTIONAL = Set.of(
            "fovea_drift_alarm",
            "fovea_drift_evidence",
            "fovea_objective_budget_left_ratio",
            "fovea_objective_burn_rate",
            "fovea_objective_bad_requests",
            "fovea_rollout_active",
            "fovea_rollout_ended",
            "fovea_traffic_images_lost_total",
            "fovea_confidence_baseline_ratio",
            "fovea_alerts",
            "fovea_alert_deliveries_total",
            "fovea_alert_deliveries_waiting",
            "fovea_cascade_escalations_total",
            "fovea_fallbacks_total",
            "fovea_traffic_lost_total");

    /** A scrape that took too long on a busy machine makes all metrics stale until the next one. */
    private static void requireMetric(HttpClient client, URI root, String metric) {
        await(metric)
                .atMost(Duration.ofMinutes(2))
                .until(() -> OPTIONAL.contains(metric) || found(client, root, metric) > 0);
    }

    private static Set<String> metrics(String expression) {
        Set<String> names = new HashSet<>();
        Matcher matcher = Pattern.compile("\\b((fovea_|process_)[a-z_]+|fovea:[a-z_]+:ratio_rate\\d+[mhd])\\b")
                .matcher(expression);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static boolean isReady(HttpClient client, URI root) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(root.resolve("/-/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int found(HttpClient client, URI root, String expression) throws IOException, InterruptedException {
        return query(client, root, expression).path("data").path("result").size();
    }

    private static JsonNode query(HttpClient client, URI root, String expression)
            throws IOException, InterruptedException {
        return JSON.readTree(client.send(
                        HttpRequest.newBuilder(root.resolve(
                                        "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
