package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Priority;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.serving.CacheUse;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A full model refuses before it looks at an image. Two images fill the line and make a batch; one waits for the other
 * for longer than any test takes, and is the one that leaves no room for a second of its priority.
 */
class OverloadApiTest {

    private static final long PATIENCE_SECONDS = 60;
    private static final byte[] NO_IMAGE = {1, 2, 3};
    private static final String PREDICT = "/v1/models/shirts/predict";

    private static RunningServer server;
    private CompletableFuture<Reply> waiting;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                RunningServer::shirts,
                Map.of(
                        "batching.max-queue-delay", "10000ms",
                        "batching.max-batch-size", "2",
                        "batching.max-queue-size", "2",
                        "cache.max-size", "0MB",
                        "inference.tuning-timeout", "0s",
                        "inference.health-check-interval", "3600s")); // a check's image would fill the batch
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void fill() {
        waiting = CompletableFuture.supplyAsync(() -> post(TestModels.image(FabricClass.HOLE, 0), Map.of()));
        await(() -> isFull(Priority.NORMAL));
    }

    @AfterEach
    void empty() throws Exception {
        assertThat(post(TestModels.image(FabricClass.HOLE, 1), Map.of("X-Request-Priority", "high"))
                        .status())
                .isEqualTo(200);
        assertThat(waiting.get(1, TimeUnit.MINUTES).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseByTheRequestsOwnPriorityBeforeItLooksAtTheImage() {
        Reply refused = post(NO_IMAGE, Map.of());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("OVERLOADED");
        assertThat(Integer.parseInt(refused.headers().get("retry-after"))).isPositive();
        assertThat(post(NO_IMAGE, Map.of("X-Request-Priority", "high")).code()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
    }

    @Test
    void shouldRefuseFormsAsWell() {
        assertThat(post(NO_IMAGE, Map.of("Content-Type", "Multipart/Form-Data; boundary=x"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void shouldLetAStatedVersionThrough() throws Exception {
        assertThat(server.send(server.request(PREDICT + "?version=9").POST(BodyPublishers.ofByteArray(NO_IMAGE)))
                        .code())
                .isEqualTo("VERSION_UNKNOWN");
    }

    @Test
    void shouldCountWhatItRefuses() {
        int before = errors();
        post(NO_IMAGE, Map.of());
        await(() -> errors() > before);
    }

    @Test
    void shouldReadPastWhatItRefusesSoThatTheConnectionGoesOn() throws Exception {
        String refused = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\n%s"
                .formatted(PREDICT, "POST /v1/models HTTP/1.1\r\n\r\nxxxxxxxxxxxx");
        String all = RawHttp.exchange(
                server.server().port(),
                refused + refused + "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(all.split("HTTP/1.1 429", -1)).hasSize(3);
        assertThat(all).containsOnlyOnce("HTTP/1.1 200").contains("\"shirts\"");
    }

    private static Reply post(byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = server.request(PREDICT).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            return server.send(request);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int errors() {
        return send(server.request("/v1/models/shirts/metrics"))
                .json()
                .get("versions")
                .get(0)
                .get("requests")
                .get("errors")
                .path("OVERLOADED")
                .asInt(0);
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(condition::getAsBoolean);
    }

    private static boolean isFull(Priority priority) {
        try {
            server.server().application().predictor().requireRoom("shirts", priority, CacheUse.DEFAULT);
            return false;
        } catch (FoveaException e) {
            return true;
        }
    }
}
