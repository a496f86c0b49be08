package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.registry.Rollout;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.synthetic.FabricClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server is killed with SIGKILL during a rollout; the next one has its evidence and decides. */
class KilledRolloutTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<byte[]> IMAGES = IntStream.range(0, 24)
            .mapToObj(i -> TestModels.image(FabricClass.values()[i % 3], i))
            .toList();
    private static final String POLICY = """
            {"version": 2, "steps": [
              {"percent": 50, "least": "0s", "most": "1h"}, {"percent": 100, "least": "0s", "most": "1h"}],
             "guards": [{"metric": "confidence", "margin": 0.05}]}""";

    private final HttpClient client = HttpClient.newHttpClient();
    private int sent;

    @Test
    void shouldDecideWithTheEvidenceOfAServerThatWasKilled() throws Exception {
        try (TemporaryHome home = new TemporaryHome()) {
            try (Application application = Application.open(home.path())) {
                TestModels models = new TestModels(application);
                models.promote(models.withTemperature("shirts", 1, 0.02));
                models.withTemperature("shirts", 1, 0.02);
            }
            long before = countedUntilKilled(home);
            try (FoveaServer again = RunningServer.serve(home.path(), Map.of())) {
                StagedRollout rollout = again.application().rollouts().latest("shirts");
                assertThat(images(rollout)).isGreaterThanOrEqualTo(before);
                assertThat(again.application().registry().model("shirts").rollout())
                        .isEqualTo(new Rollout.CanaryTraffic(2, 50));
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
                    for (int i = 0; i < 20; i++) {
                        predict(again.address());
                    }
                    return !again.application().rollouts().latest("shirts").underWay();
                });
                assertThat(again.application()
                                .registry()
                                .model("shirts")
                                .promotion()
                                .orElseThrow()
                                .version())
                        .isEqualTo(2);
            }
        }
    }

    /** Runs a server in a process of its own until it has stored some evidence, and kills it. */
    private long countedUntilKilled(TemporaryHome home) throws Exception {
        Process child =
                Child.startTalking("serve", "--port", "0", "--home", home.path().toString());
        try (BufferedReader output = Child.output(child)) {
            String address = Child.await(output, "is ready at").replaceAll(".*ready at (\\S+) .*", "$1");
            HttpResponse<String> started = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/v1/models/shirts/rollout"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(POLICY))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
            long[] counted = new long[1];
            try (Application reader = Application.open(home.path())) {
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
                    predict(address);
                    counted[0] = images(reader.rollouts().latest("shirts"));
                    return counted[0] >= 2;
                });
            }
            assertThat(child.toHandle().destroyForcibly()).isTrue();
            child.toHandle().onExit().get(30, TimeUnit.SECONDS);
            return counted[0];
        }
    }

    private static long images(StagedRollout rollout) {
        return rollout.evidence().seen().candidate().confidence().total();
    }

    private void predict(String address) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/models/shirts/predict"))
                        .header("X-Request-Key", "caller " + sent)
                        .POST(BodyPublishers.ofByteArray(IMAGES.get(sent++ % IMAGES.size())))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
