package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.registry.ModelVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose one model was changed on the disk before the start, and a webhook that is told so. */
class AlertsApiTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private TemporaryHome home;
    private HttpServer receiver;
    private FoveaServer server;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            told.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        home = new TemporaryHome();
        Files.writeString(home.path().resolve("alerts.json"), """
                {"server_url": "https://fovea.example.com", "resolve_after": "1ms",
                 "routes": {
                   "hook": {"channel": {"type": "webhook", "url": "http://127.0.0.1:%d/hook"}, "group_wait": "0s"},
                   "broken": {"channel": {"type": "slack", "url_env": "NO_SUCH_VARIABLE"}}}}
                """.formatted(
                        receiver.getAddress().getPort()));
        try (Application application = Application.open(home.path())) {
            TestModels models = new TestModels(application);
            ModelVersion shoes = models.register("shoes", 1);
            models.promote(shoes);
            Path onnx = models.directory(shoes).resolve("model.onnx");
            byte[] bytes = Files.readAllBytes(onnx);
            bytes[bytes.length / 2] ^= 1;
            onnx.toFile().setWritable(true);
            Files.write(onnx, bytes);
        }
        server = RunningServer.serve(home.path(), Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        receiver.stop(0);
        client.close();
        home.close();
    }

    private JsonNode next() throws InterruptedException {
        JsonNode next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody was told");
        }
        return next;
    }

    private RunningServer.Reply send(String method, String path, String json) throws Exception {
        var response = client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        return new RunningServer.Reply(response.statusCode(), "", Map.of(), response.body());
    }

    private String metrics() throws Exception {
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:%d/metrics".formatted(server.managementPort())))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void shouldTellThatAModelIsNotServedUntilSomebodyTakesItUp() throws Exception {
        JsonNode raised = next();
        assertThat(raised.get("type").asString()).isEqualTo("dev.fovea.alert.raised");
        assertThat(raised.get("source").asString()).isEqualTo("https://fovea.example.com");
        JsonNode data = raised.get("data");
        assertThat(data.get("kind").asString()).isEqualTo("model-not-served");
        assertThat(data.get("severity").asString()).isEqualTo("critical");
        assertThat(data.get("title").asString()).isEqualTo("shoes:1 is not served");
        assertThat(data.get("detail").asString()).contains("BUNDLE_CORRUPT");
        assertThat(data.get("evidence").asString()).isEqualTo("https://fovea.example.com/#/models/shoes");

        JsonNode listed = send("GET", "/v1/alerts?model=shoes", "").json().get("alerts");
        assertThat(listed.size()).isOne();
        String id = listed.get(0).get("id").asString();
        assertThat(id).isEqualTo(data.get("alert").asString());
        assertThat(listed.get(0).get("status").get("state").asString()).isEqualTo("raised");
        assertThat(send("GET", "/v1/alerts?model=other", "")
                        .json()
                        .get("alerts")
                        .isEmpty())
                .isTrue();
        assertThat(Run.of("alerts", "list", "--home", home.path().toString()).out())
                .contains(id, "critical", "shoes:1 is not served");
        assertThat(metrics())
                .contains(
                        "fovea_alerts{kind=\"model-not-served\",model=\"shoes\",severity=\"critical\",state=\"raised\"} 1",
                        "fovea_alert_deliveries_total{outcome=\"delivered\",route=\"hook\"} 1",
                        "fovea_alert_deliveries_waiting{route=\"broken\"} 1");

        RunningServer.Reply taken =
                send("POST", "/v1/alerts/%s/acknowledge".formatted(id), "{\"note\": \"restoring\"}");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().get("status").get("by").asString()).isEqualTo("api");
        JsonNode acknowledged = next();
        assertThat(acknowledged.get("type").asString()).isEqualTo("dev.fovea.alert.acknowledged");
        assertThat(acknowledged.get("data").get("detail").asString()).endsWith("Acknowledged by api: restoring");
        assertThat(send("POST", "/v1/alerts/%s/acknowledge".formatted(id), "{}").status())
                .isEqualTo(409);
        JsonNode record = send("GET", "/v1/alerts/" + id, "").json();
        assertThat(record.get("history").size()).isEqualTo(2);
        JsonNode delivery = record.get("deliveries").get(0);
        assertThat(delivery.get("route").asString()).isIn("hook", "broken");
        assertThat(Run.of("alerts", "show", id, "--home", home.path().toString())
                        .out())
                .contains("acknowledged by api", "HTTP 204", "hook", "waiting");
    }

    @Test
    void shouldTellOfTheEndOnceAnotherVersionIsServed() throws Exception {
        assertThat(next().get("type").asString()).isEqualTo("dev.fovea.alert.raised");
        try (Application application = Application.open(home.path())) {
            TestModels models = new TestModels(application);
            models.promote(models.register("shoes", 2));
        }
        assertThat(next().get("type").asString()).isEqualTo("dev.fovea.alert.resolved");
        assertThat(send("GET", "/v1/alerts", "").json().get("alerts").isEmpty()).isTrue();
        assertThat(send("GET", "/v1/alerts?state=all", "").json().get("alerts").size())
                .isOne();
    }

    @Test
    void shouldKeepSilencesOfPeopleAndPrograms() throws Exception {
        RunningServer.Reply made = send(
                "POST",
                "/v1/silences",
                "{\"model\": \"shirts\", \"kind\": \"drift\", \"until\": \"%s\", \"reason\": \"new camera\"}"
                        .formatted(Instant.now().plus(Duration.ofDays(300))));
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().get("id").asString();
        assertThat(Run.of("alerts", "silences", "--home", home.path().toString())
                        .out())
                .contains(id, "shirts", "drift", "new camera");
        assertThat(Run.of("alerts", "unsilence", id, "--home", home.path().toString())
                        .exit())
                .isZero();
        assertThat(send("DELETE", "/v1/silences/" + id, "").status()).isEqualTo(404);
        assertThat(Run.of(
                                "alerts",
                                "silence",
                                "--for",
                                "8h",
                                "--reason",
                                "maintenance",
                                "--home",
                                home.path().toString())
                        .exit())
                .isZero();
        JsonNode listed = send("GET", "/v1/silences", "").json().get("silences");
        assertThat(listed.size()).isOne();
        assertThat(listed.get(0).get("reason").asString()).isEqualTo("maintenance");
        assertThat(send("POST", "/v1/silences", "{\"until\": \"soon\", \"reason\": \"x\"}")
                        .body())
                .contains("ARGUMENT_INVALID", "soon");
        assertThat(send(
                                "POST",
                                "/v1/silences",
                                "{\"kind\": \"dirft\", \"until\": \"2099-01-01T00:00:00Z\", \"reason\": \"x\"}")
                        .body())
                .contains("dirft", "model-not-served");
        assertThat(send("GET", "/v1/alerts?state=closed", "").status()).isEqualTo(400);
        assertThat(send("GET", "/v1/alerts/none", "").status()).isEqualTo(404);
    }

    @Test
    void shouldTryRoutesFromTheCommandLine() throws Exception {
        Run wrong = Run.of("alerts", "test", "--home", home.path().toString());
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("broken.channel.url_env", "NO_SUCH_VARIABLE");
        Path file = home.path().resolve("alerts.json");
        Files.writeString(file, Files.readString(file).replaceFirst(",\\s*\"broken\".*", "}}"));
        told.clear();
        Run run = Run.of("alerts", "test", "hook", "--home", home.path().toString());
        assertThat(run.out()).contains("hook", "yes", "HTTP 204");
        assertThat(run.exit()).isZero();
        receiver.removeContext("/hook");
        Run failed = Run.of("alerts", "test", "--home", home.path().toString());
        assertThat(failed.exit()).isOne();
        assertThat(failed.out()).contains("no", "HTTP 404");
        Run unknown = Run.of("alerts", "test", "pager", "--home", home.path().toString());
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no route \"pager\"", "hook");
    }
}
