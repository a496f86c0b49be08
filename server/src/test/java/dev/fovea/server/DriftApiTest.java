package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.model.Bundle;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.monitoring.sketch.SketchBook;
import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.registry.VersionId;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.reference.Reference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trained classifier that is served over HTTP, and the light of the images changes. */
class DriftApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final VersionId SHIRTS = new VersionId("shirts", 1);
    private static final Fabric.Conditions EVENING = new Fabric.Conditions(0.7, 1, 1, 0, 0);
    private static final int DAY_IMAGES = 1_600;
    private static final int EVENING_IMAGES = 250;
    private static final Duration APART = Duration.ofSeconds(48);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void eveningLightAfterDaylightRaisesAnAlarmThatNamesBrightness() throws Exception {
        Path home = directory.resolve("home");
        train(home);
        List<LoggedPrediction> served = new ArrayList<>();
        try (FoveaServer server = RunningServer.serve(home, Map.of())) {
            assertThat(get(server, "/v1/models/shirts/drift").get("versions")).isEmpty();
            JsonNode settings = send(server, "PUT", "/v1/models/shirts/drift/settings", "{\"rhythm\": \"none\"}", 200);
            assertThat(settings.get("days_per_false_alarm").asDouble()).isEqualTo(90);
            served.addAll(serve(server));
        }
        Instant change = retime(home, served);
        try (FoveaServer server = RunningServer.serve(home, Map.of())) {
            JsonNode version = await().atMost(LIMIT)
                    .until(
                            () -> get(server, "/v1/models/shirts/drift")
                                    .get("versions")
                                    .path(0),
                            there -> there.path("phase").asString().equals("alarm"));
            assertThat(version.get("statement").asString()).contains("have changed since", "brightness");
            JsonNode alarm = version.get("alarm");
            assertThat(alarm.get("findings").get(0).get("name").asString()).isIn("brightness", "contrast");
            assertThat(Instant.parse(alarm.get("earliest").asString())).isBefore(change.plus(Duration.ofHours(1)));
            assertThat(Instant.parse(alarm.get("latest").asString())).isAfter(change.minus(Duration.ofHours(1)));
            assertThat(alarm.get("images").asLong()).isLessThan(EVENING_IMAGES);
            assertThat(metrics(server)).contains("fovea_drift_alarm{model=\"shirts\",version=\"1\"} 1.0");

            JsonNode course = get(server, "/v1/models/shirts/drift/course?days=3");
            assertThat(Instant.parse(course.get("quiet_until").asString()))
                    .isEqualTo(Instant.parse(alarm.get("earliest").asString()));
            JsonNode brightness = course.get("measures")
                    .valueStream()
                    .filter(measure -> measure.get("name").asString().equals("brightness"))
                    .findFirst()
                    .orElseThrow();
            assertThat(brightness.get("values")).hasSameSizeAs(course.get("times"));
            assertThat(brightness.get("recent").asDouble())
                    .as("evening light")
                    .isLessThan(brightness.at("/quiet/low").asDouble());

            JsonNode told = await().atMost(LIMIT)
                    .until(() -> get(server, "/v1/alerts").get("alerts"), alerts -> !alerts.isEmpty());
            assertThat(told.toString()).contains("drift/shirts:1", "The traffic of shirts:1 has changed");

            String tooMuch = "{\"days\": 0.01}";
            assertThat(send(server, "POST", "/v1/models/shirts/drift/accept", tooMuch, 409)
                            .get("detail")
                            .asString())
                    .contains("60 blocks are needed");
            JsonNode replay = send(server, "POST", "/v1/models/shirts/drift/replay", "{\"rhythm\": \"none\"}", 200);
            assertThat(replay.get("alarms")).hasSize(1);
        }
        Run shown = Run.of("drift", "show", "shirts", "--home", home.toString());
        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("shirts:1  The images have changed since", "brightness", "% lower");
    }

    private void train(Path home) throws IOException {
        Path images = directory.resolve("images");
        for (FabricClass kind : FabricClass.values()) {
            Path folder = Files.createDirectories(images.resolve(kind.label()));
            for (int i = 0; i < 24; i++) {
                Files.write(folder.resolve(i + ".jpg"), Fabric.jpeg(kind, i, Fabric.Conditions.USUAL));
            }
        }
        List<String> command = new ArrayList<>(List.of("train", images.toString(), "--name", "shirts"));
        command.addAll(Arrays.asList("--network", "mobile", "--size", "small", "--edge", "32", "--epochs", "3"));
        command.addAll(Arrays.asList("--no-int8", "--promote", "always", "--home", home.toString()));
        Run trained = Run.of(command.toArray(String[]::new));
        assertThat(trained.exit()).as(trained.err()).isZero();
    }

    /** Sends the images of the day and of the evening: the rows that the server made of them. */
    private List<LoggedPrediction> serve(FoveaServer server) throws IOException, InterruptedException {
        ConcurrentLinkedQueue<LoggedPrediction> rows = new ConcurrentLinkedQueue<>();
        server.application().stream().subscribe("test", rows::addAll);
        List<byte[]> day = images(Fabric.Conditions.USUAL, 400);
        List<byte[]> evening = images(EVENING, 100);
        RandomGenerator random = new SplittableRandom(1);
        for (int i = 0; i < DAY_IMAGES + EVENING_IMAGES; i++) {
            List<byte[]> light = i < DAY_IMAGES ? day : evening;
            byte[] image = light.get(random.nextInt(light.size()));
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(server.address() + "/v1/models/shirts/predict"))
                            .POST(BodyPublishers.ofByteArray(image))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
        await().atMost(LIMIT).until(() -> rows.size() == DAY_IMAGES + EVENING_IMAGES);
        return List.copyOf(rows);
    }

    private static List<byte[]> images(Fabric.Conditions conditions, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Fabric.jpeg(FabricClass.values()[i % 3], 1_000 + i, conditions))
                .toList();
    }

    /** The same rows, as if they had come over a day; when the evening began. */
    private static Instant retime(Path home, List<LoggedPrediction> rows) {
        try (Application application = Application.open(home)) {
            SketchStore store = application.home().production().sketches();
            store.removeBefore(Instant.now().plus(Duration.ofDays(1)));
            Bundle bundle = application
                    .home()
                    .bundles()
                    .bundle(application.registry().version("shirts", 1).bundleId());
            ImageNumbers numbers = ImageNumbers.of(bundle.manifest(), Reference.of(bundle));
            SketchBook book = new SketchBook(store, "other", version -> numbers);
            Instant end = lastEvening();
            Instant start = end.minus(APART.multipliedBy(rows.size()));
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).version()).isEqualTo(SHIRTS);
                book.add(List.of(at(rows.get(i), start.plus(APART.multipliedBy(i)))));
            }
            book.closeAll();
            return start.plus(APART.multipliedBy(DAY_IMAGES));
        }
    }

    /** The last 18:00, so that the light of the day is that of two calendar days at whatever hour this runs. */
    private static Instant lastEvening() {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault()).minusMinutes(5);
        ZonedDateTime evening = now.toLocalDate().atTime(18, 0).atZone(now.getZone());
        return (evening.isAfter(now) ? evening.minusDays(1) : evening).toInstant();
    }

    private static LoggedPrediction at(LoggedPrediction row, Instant time) {
        return new LoggedPrediction(
                row.request(),
                time,
                row.version(),
                row.contract(),
                row.output(),
                row.image(),
                row.times(),
                row.routing());
    }

    private JsonNode get(FoveaServer server, String path) throws IOException, InterruptedException {
        return JSON.readTree(client.send(
                        HttpRequest.newBuilder(URI.create(server.address() + path))
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    private String metrics(FoveaServer server) throws IOException, InterruptedException {
        URI scrape = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
        return client.send(HttpRequest.newBuilder(scrape).build(), BodyHandlers.ofString())
                .body();
    }

    private JsonNode send(FoveaServer server, String method, String path, String json, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }
}
