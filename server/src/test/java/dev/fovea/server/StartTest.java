package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.config.Settings;
import dev.fovea.config.SettingsReader;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Predictions and health are served before Spring has started. */
class StartTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private TemporaryHome home;

    @BeforeEach
    void fill() throws IOException {
        home = new TemporaryHome();
        try (Application application = Application.open(home.path())) {
            RunningServer.shirts(new TestModels(application));
        }
    }

    @AfterEach
    void remove() throws IOException {
        client.close();
        home.close();
    }

    private FoveaServer start(Runnable beforeSpring) {
        Settings settings = SettingsReader.read(home.path(), Map.of("server.port", "0"), Map.of());
        return FoveaServer.start(settings, beforeSpring);
    }

    @Test
    void shouldServePredictionsAndHealthWhileSpringStarts() throws Exception {
        CountDownLatch spring = new CountDownLatch(1);
        try (FoveaServer server = start(() -> awaited(spring))) {
            assertThat(prediction(server).body()).contains("\"label\"");
            assertThat(get(server.port(), "/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
            assertThat(get(server.managementPort(), "/health/readiness").statusCode())
                    .isEqualTo(200);
            assertThat(get(server.managementPort(), "/metrics").body()).contains("fovea_requests_total");
            CompletableFuture<HttpResponse<String>> models =
                    client.sendAsync(request(server.port(), "/v1/models").build(), BodyHandlers.ofString());
            CompletableFuture<HttpResponse<String>> unknown =
                    client.sendAsync(request(server.port(), "/v1/unknown").build(), BodyHandlers.ofString());
            assertThat(prediction(server).statusCode()).isEqualTo(200);
            assertThat(models).isNotDone();
            assertThat(unknown).isNotDone();
            spring.countDown();
            assertThat(models.get().body()).contains("\"shirts\"");
            assertThat(unknown.get().statusCode()).isEqualTo(404);
            server.awaitManagementApi();
        } finally {
            spring.countDown();
        }
    }

    @Test
    void shouldSayWhySpringCannotStartAndRefuseWhatWaitsForIt() throws Exception {
        IllegalStateException cause = new IllegalStateException("no controllers today");
        try (FoveaServer server = start(() -> {
            throw cause;
        })) {
            assertThatThrownBy(server::awaitManagementApi)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The management API cannot start: no controllers today")
                    .hasRootCause(cause);
            HttpResponse<String> models = get(server.port(), "/v1/models");
            assertThat(models.statusCode()).isEqualTo(503);
            assertThat(models.headers().firstValue("Retry-After")).contains("1");
            assertThat(models.body()).contains("management API did not start");
            assertThat(prediction(server).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> prediction(FoveaServer server) throws IOException, InterruptedException {
        byte[] image = TestModels.image(FabricClass.HOLE, 2);
        HttpRequest.Builder request = request(server.port(), "/v1/models/shirts/predict");
        return client.send(request.POST(BodyPublishers.ofByteArray(image)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(request(port, path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
