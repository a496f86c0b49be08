package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.registry.AuditEntry;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.synthetic.FabricClass;
import java.io.BufferedReader;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed with SIGKILL at work; what it had acknowledged is there afterwards, and it says which job was
 * interrupted.
 */
class KilledTest {

    private static final int IMAGES_PER_CLASS = 150;

    @TempDir
    private Path directory;

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
        home.close();
    }

    @Test
    void shouldSayThatAnIngestWasCutOff() throws Exception {
        Process child = training();
        try (BufferedReader output = Child.output(child)) {
            Child.await(output, "ingest");
            kill(child);
        }
        assertRestartIsSound("train", "cloth");
    }

    @Test
    void shouldSayThatATrainingWasCutOffAndLeaveNoProcessBehind() throws Exception {
        Process child = training();
        List<ProcessHandle> engines;
        try (BufferedReader output = Child.output(child)) {
            Child.await(output, "weights");
            engines = child.descendants().toList();
            assertThat(engines).hasSize(1);
            kill(child);
        }
        engines.getFirst().onExit().get(30, TimeUnit.SECONDS);
        assertRestartIsSound("train", "cloth");
        try (Stream<Path> leftovers = Files.list(home.path().resolve("tmp"))) {
            assertThat(leftovers).isEmpty();
        }
    }

    private Process training() throws IOException {
        Path images = directory.resolve("cloth");
        for (FabricClass kind : FabricClass.values()) {
            Path folder = Files.createDirectories(images.resolve(kind.label()));
            for (int i = 0; i < IMAGES_PER_CLASS; i++) {
                byte[] image = BadInputApiTest.png(40 + i % 50, 40 + i / 2);
                image = java.util.Arrays.copyOf(image, image.length + kind.ordinal() + 1);
                Files.write(folder.resolve(i + ".png"), image);
            }
        }
        return Child.startTalking(
                "train",
                images.toString(),
                "--name",
                "cloth",
                "--edge",
                "32",
                "--size",
                "small",
                "--epochs",
                "100000",
                "--home",
                home.path().toString());
    }

    private static void kill(Process child) throws Exception {
        assertThat(child.toHandle().destroyForcibly()).isTrue();
        child.toHandle().onExit().get(30, TimeUnit.SECONDS);
    }

    private void assertRestartIsSound(String kind, String subject) throws IOException {
        try (FoveaServer again = RunningServer.serve(home.path(), Map.of())) {
            List<Job> jobs = again.application().jobs().recent(10);
            assertThat(jobs).hasSize(1);
            assertThat(jobs.getFirst().request().work()).isEqualTo(kind);
            assertThat(jobs.getFirst().request().subject()).isEqualTo(subject);
            assertThat(jobs.getFirst().state()).isInstanceOf(JobState.Interrupted.class);
            Registry registry = again.application().registry();
            assertThat(registry.models()).extracting(RegisteredModel::name).containsExactly("shirts");
            assertThat(registry.model("shirts").versions()).hasSize(2);
        }
    }

    @Test
    void shouldKeepEveryPromotionThatWasAcknowledged() throws Exception {
        Process child =
                Child.startTalking("serve", "--port", "0", "--home", home.path().toString());
        AtomicInteger acknowledged = new AtomicInteger();
        try (BufferedReader output = Child.output(child);
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService operator = Executors.newSingleThreadExecutor()) {
            String line = Child.await(output, "is ready at");
            URI promote = URI.create(line.replaceAll(".*ready at (\\S+) .*", "$1") + "/v1/models/shirts/promote");
            Future<?> promoting = operator.submit(() -> promoteUntilDead(client, promote, acknowledged));
            await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.get() >= 25 || !child.isAlive());
            kill(child);
            promoting.get(30, TimeUnit.SECONDS);
        }
        assertThat(acknowledged.get()).isGreaterThanOrEqualTo(25);
        try (FoveaServer again = RunningServer.serve(home.path(), Map.of())) {
            Registry registry = again.application().registry();
            List<String> reasons = registry.audit("shirts", 10_000).stream()
                    .filter(entry -> entry.action() == AuditEntry.Action.PROMOTE
                            && entry.who().equals("api"))
                    .map(AuditEntry::reason)
                    .toList()
                    .reversed();
            // the one that was under way may be there or not
            assertThat(reasons.size()).isBetween(acknowledged.get(), acknowledged.get() + 1);
            for (int i = 0; i < reasons.size(); i++) {
                assertThat(reasons.get(i)).isEqualTo("number " + i);
            }
            int last = version(reasons.size() - 1);
            assertThat(registry.model("shirts").promotion().orElseThrow().version())
                    .isEqualTo(last);
            assertThat(HttpWiring.views(again.application())
                            .version("shirts", last)
                            .summary()
                            .state())
                    .isEqualTo("ready");
        }
    }

    private static int version(int number) {
        return number % 2 == 0 ? 2 : 1;
    }

    private static void promoteUntilDead(HttpClient client, URI promote, AtomicInteger acknowledged) {
        try {
            while (true) {
                int number = acknowledged.get();
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(promote)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"version\": %d, \"reason\": \"number %d\"}"
                                        .formatted(version(number), number)))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            // the server was killed, which is what the test waits for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
