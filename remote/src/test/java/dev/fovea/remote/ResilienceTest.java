package dev.fovea.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.guard.BreakerRule;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.guard.RemoteStatus;
import dev.fovea.remote.guard.RetryRule;
import dev.fovea.remote.provider.Provider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timeouts, load and failures: retries, refusals and messages. */
class ResilienceTest {

    private static final String ERROR =
            "{\"error\": {\"code\": 500, \"message\": \"it hurts\", \"status\": \"INTERNAL\"}}";

    private final LocalService service = new LocalService();
    private final Models models = Models.create();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void stop() {
        over.countDown();
        service.close();
    }

    @Test
    void shouldRetryAfterAServerErrorAndAddUpTheCost() {
        service.then(500, ERROR).then(503, "<html>proxy</html>").then(200, Responses.GOOGLE);
        try (RemoteModel model = models.open(Models.google(service.uri()))) {
            RemotePrediction prediction = model.predict(Models.IMAGE, Models.AMPLE);
            assertThat(prediction.best().orElseThrow().label()).isEqualTo("animal");
            assertThat(prediction.cost()).isCloseTo(0.0045, within(1e-12));
            assertThat(model.status().month().calls()).isEqualTo(3);
        }
        // 100 ms and 200 ms, each times 0.5 to 1.5
        assertThat(models.pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
        assertThat(models.pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    }

    @Test
    void shouldWaitForTheRetryAfterOfA429() {
        service.then(429, "{\"error\": {\"message\": \"slow down\"}}", "Retry-After", "7")
                .then(429, "{\"error\": {\"message\": \"slow down\"}}", "Retry-After", "Mon, 30 Nov 2026 23:59:09 GMT")
                .then(200, Responses.GOOGLE);
        try (RemoteModel model = models.open(Models.google(service.uri()))) {
            model.predict(Models.IMAGE, Models.AMPLE);
        }
        assertThat(models.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void shouldFailAtOnceWhenTheBackoffWouldPassTheDeadline() {
        service.then(429, "{\"error\": {\"message\": \"slow down\"}}", "Retry-After", "3600");
        FoveaException failure = fail(Models.google(service.uri()));
        assertThat(failure.code()).isEqualTo(ErrorCode.REMOTE_FAILED);
        assertThat(failure)
                .hasMessage(
                        "pets (Google Vision) failed: it returned HTTP 429: \"slow down\". The deadline leaves no time for the "
                                + "backoff of 3600000 ms. Send fewer requests, or raise its quota.");
        assertThat(service.requests).hasSize(1);
        assertThat(models.pauses).isEmpty();
    }

    @Test
    void shouldFailAfterTheLastAttemptWithTheMessageOfTheService() {
        service.then(500, ERROR);
        FoveaException failure = fail(Models.google(service.uri()));
        assertThat(failure)
                .hasMessage(
                        "pets (Google Vision) failed 3 times: it returned HTTP 500: \"it hurts\". Check the state of the service.");
        assertThat(service.requests).hasSize(3);
    }

    @Test
    void shouldNotRetryARefusal() {
        service.then(403, "{\"error\": {\"message\": \"The API key %s is not valid\"}}".formatted(Models.SECRET));
        FoveaException failure = fail(Models.google(service.uri()));
        assertThat(failure).hasMessageContaining("returned HTTP 403: \"The API key … is not valid\"");
        assertThat(service.requests).hasSize(1);
    }

    @Test
    void shouldRetryAThrottlingThatRekognitionReportsWith400() {
        service.then(400, "{\"__type\": \"ThrottlingException\", \"message\": \"Rate exceeded\"}")
                .then(200, Responses.AWS);
        try (RemoteModel model = models.open(Models.aws(service.uri()))) {
            assertThat(model.predict(Models.IMAGE, Models.AMPLE).best()).isPresent();
        }
        assertThat(models.pauses).hasSize(1);
    }

    @Test
    void shouldTimeOutWithoutAResponse() {
        service.then(_ -> awaitQuietly(over));
        FoveaException failure = fail(Models.google(service.uri()), Duration.ofMillis(200));
        assertThat(failure.code()).isEqualTo(ErrorCode.REMOTE_FAILED);
        assertThat(failure).hasMessageContaining("sent no whole response within");
        // It was sent, so it counts.
        assertThat(models.costs.load("pets", YearMonth.of(2026, 11)).calls()).isEqualTo(1);
    }

    @Test
    void shouldTimeOutOnAPartialResponse() {
        service.then(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly(over);
        });
        FoveaException failure = fail(Models.google(service.uri()), Duration.ofMillis(500));
        assertThat(failure).hasMessageContaining("sent no whole response within");
    }

    @Test
    void shouldRefuseAnEndlessResponse() {
        service.then(200, new byte[5 << 20]);
        FoveaException failure = fail(Models.google(service.uri()));
        assertThat(failure.code()).isEqualTo(ErrorCode.REMOTE_FAILED);
    }

    /** Has a port on which nobody listens, and which nobody else can get meanwhile. */
    private static Socket bound() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress("localhost", 0));
        return socket;
    }

    @Test
    void shouldChargeNothingWithoutAConnection() throws IOException {
        try (Socket taken = bound();
                RemoteModel model =
                        models.open(Models.google(URI.create("http://localhost:" + taken.getLocalPort())))) {
            FoveaException failure = fail(model, Models.AMPLE);
            assertThat(failure)
                    .hasMessage(
                            "pets (Google Vision) failed 3 times: it did not accept the connection. Check its address and the network.");
            assertThat(model.status().month().calls()).isZero();
            assertThat(model.status().month().micros()).isZero();
        }
    }

    @Test
    void shouldFollowNoRedirectionWithItsKey() {
        try (LocalService other = new LocalService().then(200, Responses.GOOGLE)) {
            service.then(307, "", "Location", other.uri() + "/v1/images:annotate");
            FoveaException failure = fail(Models.google(service.uri()));
            assertThat(failure).hasMessageContaining("it returned HTTP 307. Check its credentials");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void shouldOpenTheCircuitOfAFailingServiceAndProbeItLater() {
        service.then(500, ERROR)
                .then(500, ERROR)
                .then(500, ERROR)
                .then(500, ERROR)
                .then(200, Responses.GOOGLE);
        RemoteLimits limits = limits(4, new RetryRule(1, Duration.ofMillis(10), Duration.ofSeconds(1)));
        try (RemoteModel model = models.open(Models.google(service.uri()), limits, Models.BUDGET)) {
            for (int i = 0; i < 4; i++) {
                assertThat(fail(model, Models.AMPLE).code()).isEqualTo(ErrorCode.REMOTE_FAILED);
            }
            FoveaException suspended = fail(model, Models.AMPLE);
            assertThat(suspended.code()).isEqualTo(ErrorCode.REMOTE_SUSPENDED);
            assertThat(suspended)
                    .hasMessage(
                            "The circuit of pets (Google Vision) is open: too many calls failed, the last because it "
                                    + "returned HTTP 500: \"it hurts\". It half-opens after 30000 ms.");
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.OPEN);
            assertThat(service.requests).hasSize(4);
            assertThat(model.status().month().calls()).isEqualTo(4);

            models.clock.forward(Duration.ofSeconds(31));
            model.predict(Models.IMAGE, Models.AMPLE);
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.HALF_OPEN);
            model.predict(Models.IMAGE, Models.AMPLE);
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.CLOSED);
        }
    }

    @Test
    void shouldStopRetryingWhenTheCircuitOpens() {
        service.then(500, ERROR);
        try (RemoteModel model = models.open(Models.google(service.uri()), limits(2, Models.RETRY), Models.BUDGET)) {
            assertThat(fail(model, Models.AMPLE).code()).isEqualTo(ErrorCode.REMOTE_SUSPENDED);
        }
        assertThat(service.requests).hasSize(2);
    }

    @Test
    void shouldNotCountARefusedImageAsAFailure() {
        service.then(200, "{\"responses\": [{\"error\": {\"code\": 3, \"message\": \"Bad image data.\"}}]}");
        try (RemoteModel model = models.open(Models.google(service.uri()), limits(2, Models.RETRY), Models.BUDGET)) {
            for (int i = 0; i < 10; i++) {
                assertThat(fail(model, Models.AMPLE)).hasMessageContaining("returned error 3: \"Bad image data.\"");
            }
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.CLOSED);
        }
    }

    @Test
    void shouldNotCountAShortTimeoutAsAFailure() {
        service.then(exchange -> awaitQuietly(over));
        try (RemoteModel model = models.open(Models.google(service.uri()), limits(2, Models.RETRY), Models.BUDGET)) {
            for (int i = 0; i < 4; i++) {
                assertThat(fail(model, Duration.ofMillis(20)).code()).isEqualTo(ErrorCode.REMOTE_FAILED);
            }
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.CLOSED);
        }
        RemoteLimits brief = new RemoteLimits(
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                4,
                Models.RETRY,
                limits(2, Models.RETRY).circuitBreaker());
        try (RemoteModel model = models.open(Models.google(service.uri()), brief, Models.BUDGET)) {
            fail(model, Models.AMPLE);
            fail(model, Models.AMPLE);
            assertThat(model.status().circuit()).isEqualTo(RemoteStatus.Circuit.OPEN);
        }
    }

    @Test
    void shouldRefuseACallPastTheConcurrencyLimit() throws Exception {
        Semaphore arrived = new Semaphore(0);
        service.then(exchange -> {
            arrived.release();
            awaitQuietly(over);
            byte[] body = Responses.GOOGLE.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                RemoteModel model = models.open(Models.google(service.uri()))) {
            Future<?>[] calls = new Future<?>[4];
            for (int i = 0; i < calls.length; i++) {
                calls[i] = callers.submit(() -> model.predict(Models.IMAGE, Models.AMPLE));
            }
            arrived.acquire(calls.length);
            assertThat(model.status().running()).isEqualTo(4);
            FoveaException refused = fail(model, Models.AMPLE);
            assertThat(refused.code()).isEqualTo(ErrorCode.REMOTE_SUSPENDED);
            assertThat(refused).hasMessageContaining("has 4 calls running, its limit");
            over.countDown();
            for (Future<?> call : calls) {
                call.get();
            }
            assertThat(model.status().running()).isZero();
            model.predict(Models.IMAGE, Models.AMPLE);
        }
    }

    @Test
    void shouldEndWhenItsCallerIsInterrupted() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        service.then(_ -> {
            arrived.countDown();
            awaitQuietly(over);
        });
        try (RemoteModel model = models.open(Models.google(service.uri()))) {
            CompletableFuture<FoveaException> ended = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> ended.complete(fail(model, Models.AMPLE)));
            arrived.await();
            caller.interrupt();
            assertThat(ended.get().code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(model.status().running()).isZero();
        }
    }

    @Test
    void shouldRefuseFilesAboveTheLimitOfTheService() {
        try (RemoteModel model = models.open(Models.aws(service.uri()))) {
            FoveaException refused =
                    catchThrowableOfType(FoveaException.class, () -> model.predict(new byte[5_242_881], Models.AMPLE));
            assertThat(refused.code()).isEqualTo(ErrorCode.IMAGE_FILE_TOO_LARGE);
            assertThat(fail(model, Duration.ZERO).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
        assertThat(service.requests).isEmpty();
    }

    private FoveaException fail(Provider provider) {
        return fail(provider, Models.AMPLE);
    }

    private FoveaException fail(Provider provider, Duration allowed) {
        try (RemoteModel model = models.open(provider)) {
            return fail(model, allowed);
        }
    }

    private static FoveaException fail(RemoteModel model, Duration allowed) {
        FoveaException failure = catchThrowableOfType(FoveaException.class, () -> model.predict(Models.IMAGE, allowed));
        assertThat(failure.getMessage()).doesNotContain(Models.SECRET);
        return failure;
    }

    private static RemoteLimits limits(int window, RetryRule retry) {
        return new RemoteLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                4,
                retry,
                new BreakerRule(window, window, 0.5, Duration.ofSeconds(30), 2));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
