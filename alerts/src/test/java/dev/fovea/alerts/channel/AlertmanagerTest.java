package dev.fovea.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Alertmanager, where there is one on the path: Debian's package prometheus-alertmanager, or alertmanager. */
class AlertmanagerTest {

    @TempDir
    private Path directory;

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder ->
                        Stream.of("alertmanager", "prometheus-alertmanager").map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static JsonNode alerts(HttpClient client, URI root) throws IOException, InterruptedException {
        return new JsonMapper()
                .readTree(client.send(
                                HttpRequest.newBuilder(root.resolve("/api/v2/alerts"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private static boolean isReady(HttpClient client, URI root) throws InterruptedException {
        try {
            return client.send(
                                    HttpRequest.newBuilder(root.resolve("/-/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldRaiseAndResolveInARealAlertmanager() throws Exception {
        Optional<Path> program = program();
        Assumptions.assumeTrue(
                program.isPresent(), "no Alertmanager on the path; install Debian's prometheus-alertmanager");
        Path config = Files.writeString(
                directory.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        URI root = URI.create("http://127.0.0.1:" + freePort());
        Process server = new ProcessBuilder(
                        program.get().toString(),
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("state"),
                        "--web.listen-address=127.0.0.1:" + root.getPort(),
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try (HttpClient client = HttpClient.newHttpClient();
                AlertmanagerChannel channel =
                        new AlertmanagerChannel(HttpReceiver.at(root.resolve("/api/v2/alerts"), List.of()))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> isReady(client, root));
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Alert raised = new Alert(
                    "01A",
                    Samples.condition("drift/shirts:3", "It fell"),
                    new AlertState.Raised(now.minusSeconds(60)),
                    now.minusSeconds(60),
                    1,
                    now,
                    Optional.empty());
            assertThat(channel.send(new Notification(
                            List.of(new Notification.Event("d", AlertEvent.RAISED, now, raised)),
                            Optional.of(Samples.CONSOLE))))
                    .isEqualTo("HTTP 200");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> alerts(client, root).size() == 1);
            JsonNode shown = alerts(client, root).get(0);
            assertThat(shown.get("labels").get("alertname").asString()).isEqualTo("FoveaDrift");
            assertThat(shown.get("labels").get("model").asString()).isEqualTo("shirts");
            assertThat(shown.get("annotations").get("summary").asString()).isEqualTo("It fell");
            assertThat(Instant.parse(shown.get("startsAt").asString())).isEqualTo(now.minusSeconds(60));
            assertThat(shown.get("generatorURL").asString()).isEqualTo("https://fovea.example.com/#/models/shirts");
            channel.refresh(List.of(raised), Optional.of(Samples.CONSOLE));
            Alert resolved = new Alert(
                    "01A",
                    raised.condition(),
                    new AlertState.Resolved(now.minusSeconds(1)),
                    raised.raised(),
                    1,
                    now,
                    Optional.of(now));
            String _ = channel.send(new Notification(
                    List.of(new Notification.Event("e", AlertEvent.RESOLVED, now, resolved)), Optional.empty()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> alerts(client, root).isEmpty());
        } finally {
            server.destroy();
            int _ = server.waitFor();
        }
    }
}
