package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Ingest;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.synthetic.FabricClass;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An evaluation over HTTP, from its beginning to the images behind its numbers. */
class EvaluationApiTest {

    private static final int EACH = 6;
    private static final String VERSION_1 = "/v1/models/shirts/versions/1";
    private static final String VERSION_2 = "/v1/models/shirts/versions/2";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the tests
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init") // set before the tests
    private static String dataset;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.with(RunningServer::shirts);
        for (FabricClass kind : FabricClass.values()) {
            Path images = Files.createDirectories(folder.resolve(kind.label()));
            for (int i = 0; i < EACH; i++) {
                Files.write(images.resolve(i + ".jpg"), TestModels.image(kind, 100 + i));
            }
        }
        Ingest.Ingested ingested = new Ingest(ImageLimits.DEFAULT).run(folder, (done, of) -> {});
        try (Application application = Application.open(server.home())) {
            application.home().datasets().save(ingested.version(), ingested.report());
        }
        dataset = ingested.version().id();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static JsonNode evaluated(int version) throws Exception {
        JsonNode job =
                server.job("""
                {"type": "evaluate", "model": "shirts", "version": %d, "data": "%s"}
                """.formatted(version, dataset.substring(0, 12))).get("job");
        assertThat(job.get("state").asString()).as(job.toString()).isEqualTo("done");
        return server.get("/v1/models/shirts/versions/%d/evaluations/%s"
                        .formatted(version, job.get("result").get("evaluation").asString()))
                .json();
    }

    @Test
    void shouldLeadFromEveryNumberToItsImages() throws Exception {
        JsonNode run = evaluated(1);
        assertThat(run.get("data").get("id").asString()).isEqualTo(dataset);
        JsonNode report = run.get("classification");
        assertThat(report.get("images").asInt()).isEqualTo(3 * EACH);
        assertThat(report.get("verdict").get("sentences").size()).isGreaterThan(2);
        String images = VERSION_1 + "/evaluations/" + run.get("id").asString() + "/images";
        for (int truth = 0; truth < TestModels.LABELS.size(); truth++) {
            for (int predicted = 0; predicted < TestModels.LABELS.size(); predicted++) {
                JsonNode cell = server.get("%s?truth=%s&predicted=%s"
                                .formatted(images, TestModels.LABELS.get(truth), TestModels.LABELS.get(predicted)))
                        .json();
                assertThat(cell.get("total").asInt())
                        .isEqualTo(report.get("confusion")
                                .get(truth)
                                .get(predicted)
                                .asInt());
            }
        }
        JsonNode page = server.get(images + "?page=2&size=5").json();
        assertThat(page.get("pages").asInt()).isEqualTo(4);
        assertThat(page.get("images").size()).isEqualTo(5);
        JsonNode image = page.get("images").get(0);
        assertThat(image.get("number").asInt()).isEqualTo(5);
        assertThat(image.get("name").asString()).matches("(hole|none|tear)/\\d\\.jpg");
        HttpResponse<byte[]> thumbnail = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address()
                                        + image.get("thumbnail").asString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(thumbnail.headers().firstValue("content-type")).contains("image/jpeg");
        assertThat(thumbnail.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(thumbnail.body()).startsWith(0xFF, 0xD8);
        assertThat(server.get(VERSION_1 + "/evaluations")
                        .json()
                        .get("evaluations")
                        .size())
                .isPositive();
    }

    @Test
    void shouldCompareTwoVersionsAndListTheImagesThatDiffer() throws Exception {
        String one = evaluated(1).get("id").asString();
        String other = evaluated(2).get("id").asString();
        JsonNode compared = server.get("/v1/models/shirts/comparison?baseline=%s&candidate=%s".formatted(one, other))
                .json();
        JsonNode figures = compared.get("comparison");
        assertThat(figures.get("images").asInt()).isEqualTo(3 * EACH);
        int fixed = server.get(
                        "/v1/models/shirts/comparison?baseline=%s&candidate=%s&change=fixed".formatted(one, other))
                .json()
                .get("total")
                .asInt();
        assertThat(fixed).isEqualTo(figures.get("test").get("only_second").asInt());
        for (JsonNode difference : compared.get("differing")) {
            assertThat(difference.get("baseline").get("predicted").asString())
                    .isNotEqualTo(difference.get("candidate").get("predicted").asString());
        }
    }

    @Test
    void shouldRefuseWhatDoesNotExist() throws Exception {
        assertThat(server.post("/v1/jobs", "{\"type\": \"evaluate\", \"model\": \"shirts\", \"data\": \"/etc\"}")
                        .code())
                .isEqualTo("ARGUMENT_INVALID");
        assertThat(server.post("/v1/jobs", "{\"type\": \"evaluate\", \"model\": \"shirts\", \"version\": 9}")
                        .code())
                .isEqualTo("VERSION_UNKNOWN");
        assertThat(server.get(VERSION_1 + "/evaluations/none").code()).isEqualTo("NOT_FOUND");
        assertThat(server.get(VERSION_1 + "/evaluations/none/images/0/thumbnail")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldKeepAnIdThatDoesNotDependOnNames() {
        DatasetVersion.LabelledContent one =
                new DatasetVersion.LabelledContent("a", dev.fovea.datasets.Split.TEST, "1");
        DatasetVersion.LabelledContent other =
                new DatasetVersion.LabelledContent("b", dev.fovea.datasets.Split.TEST, "2");
        assertThat(DatasetVersion.idOf(java.util.List.of(one, other)))
                .isEqualTo(DatasetVersion.idOf(java.util.List.of(other, one)));
    }
}
