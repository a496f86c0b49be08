package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.server.RunningServer.Reply;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that is stopped and started again under servers that share it. */
class DatabaseOutageTest {

    private static final String VERSION_2 = "{\"version\": 2}";

    @TempDir
    private Path directory;

    private EmbeddedPostgres database;
    private String configuration;

    @BeforeEach
    void start() throws IOException {
        database = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
        configuration = """
                database.url=postgresql://postgres@localhost:%d/postgres
                database.password=postgres
                """.formatted(database.getPort());
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
    }

    private void startAgain() throws IOException {
        database = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(database.getPort())
                .start();
    }

    @Test
    void shouldGoOnServingRefuseChangesAndRecover() throws Exception {
        try (RunningServer server = RunningServer.with(RunningServer::shirts, Map.of(), configuration)) {
            assertThat(server.predict("shirts", BadInputApiTest.png(40, 40)).status())
                    .isEqualTo(200);
            database.close();
            for (int image = 1; image <= 5; image++) {
                Reply prediction = server.predict("shirts", BadInputApiTest.png(40 + image, 40));
                assertThat(prediction.status()).as(prediction.body()).isEqualTo(200);
            }
            Reply refused = server.post("/v1/models/shirts/promote", VERSION_2);
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("STORAGE_UNAVAILABLE");
            assertThat(refused.body())
                    .contains("Loaded models continue to serve")
                    .doesNotContain("password=");
            server.server().application().healthCheck().check();
            Reply readiness = server.management("/health/readiness");
            assertThat(readiness.status()).isEqualTo(200);
            assertThat(readiness.body()).contains("DEGRADED", "STORAGE_UNAVAILABLE");
            startAgain();
            await().atMost(Duration.ofMinutes(1)) // connections are tried again after up to 10 s
                    .until(() ->
                            server.post("/v1/models/shirts/promote", VERSION_2).status() == 200);
            assertThat(versionOf(server)).isEqualTo(2);
            server.server().application().healthCheck().check();
            assertThat(server.management("/health/readiness").body()).doesNotContain("DEGRADED");
        }
    }

    @Test
    void shouldFollowWhatAnotherServerOnTheSameDatabaseDoes() throws Exception {
        try (RunningServer one = RunningServer.with(RunningServer::shirts, Map.of(), configuration);
                FoveaServer two = RunningServer.serve(one.home(), Map.of())) {
            var _ = two.application().releases().promote("shirts", 2, "ada", "better");
            await().atMost(Duration.ofSeconds(30)).until(() -> versionOf(one) == 2);
        }
    }

    private static int versionOf(RunningServer server) throws IOException, InterruptedException {
        return server.predict("shirts", BadInputApiTest.png(40, 40))
                .json()
                .get("version")
                .asInt();
    }
}
