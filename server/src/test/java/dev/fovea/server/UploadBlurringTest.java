package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.pool.LoadedVersionState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Uploads to a server that has one detector in production, and one that is only registered. */
class UploadBlurringTest {

    private static final String BOUNDARY = "----cut";
    private static final VersionId PRODUCTION = new VersionId("pets", 1);
    private static final VersionId REGISTERED = new VersionId("pets", 2);

    @TempDir
    private Path directory;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private PetsDetector pets;
    private FoveaServer server;

    @BeforeEach
    void start() throws IOException {
        pets = PetsDetector.registered(directory);
        assertThat(pets.run("data", "create", "zoo", "--task", "classification").exit())
                .isZero();
        try (Application application = Application.open(pets.home())) {
            var _ = application
                    .registry()
                    .register(application.registry().version("pets", 1).registration(), "ada");
        }
        log.start();
        serving().addAppender(log);
        server = RunningServer.serve(pets.home(), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        serving().detachAppender(log);
    }

    private static Logger serving() {
        return (Logger) LoggerFactory.getLogger("fovea.serving");
    }

    private HttpResponse<String> upload(int seed, String detector) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text("--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"%d.png\"\r\n\r\n"
                .formatted(BOUNDARY, seed)));
        body.writeBytes(Blots.png(0, seed));
        body.writeBytes(text("\r\n--" + BOUNDARY + "--\r\n"));
        return client.send(
                HttpRequest.newBuilder(URI.create(server.address() + "/v1/datasets/zoo/items?blur=" + detector))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
    }

    private static int blurred(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonMapper().readTree(response.body()).get("regions_blurred").asInt();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long loads(VersionId version) {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter((version + " loading → warming")::equals)
                .count();
    }

    @Test
    void shouldLoadADetectorOnceForTwoUploadsAndCloseItWithTheServer() throws Exception {
        assertThat(loads(REGISTERED)).isZero();

        for (int seed = 0; seed < 2; seed++) {
            assertThat(blurred(upload(seed, "pets@2:dog"))).isEqualTo(1);
        }

        assertThat(loads(REGISTERED)).isEqualTo(1);
        assertThat(server.application().models().state(REGISTERED)).containsInstanceOf(LoadedVersionState.Ready.class);
        server.close();
        assertThat(server.application().models().state(REGISTERED))
                .containsInstanceOf(LoadedVersionState.Retired.class);
    }

    @Test
    void shouldStoreNothingWhileTheServedDetectorIsUnloaded() throws Exception {
        server.application().models().unload("pets");

        HttpResponse<String> refused = upload(0, "pets");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("MODEL_NOT_SERVED", "/v2/repository/models/pets/load");
        assertThat(server.application().datasets().page("zoo", ItemFilter.ALL, 0, 9))
                .isEmpty();
        server.application().models().load("pets");
        assertThat(blurred(upload(0, "pets"))).isEqualTo(2);
        assertThat(loads(PRODUCTION)).isEqualTo(2);
    }
}
