package dev.fovea.load;

import static dev.fovea.load.LocalServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final List<byte[]> IMAGES = List.of(new byte[30_000], new byte[20_000]);
    private static final ApiKey NO_KEY = new ApiKey(Optional.empty());
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Responds at once, but stalls for half a second from its 50th request on. */
    private static final class Stalling {
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicLong begun = new AtomicLong();

        void pass(int request) {
            long now = System.nanoTime();
            if (request >= 50) {
                begun.compareAndSet(0, now);
                long left = begun.get() + TimeUnit.MILLISECONDS.toNanos(500) - now;
                try {
                    assertThat(over.await(left, TimeUnit.NANOSECONDS)).isFalse();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        LocalServer serve() throws IOException {
            return LocalServer.start((exchange, number) -> {
                pass(number);
                response(exchange, 200, "{}");
            });
        }
    }

    @Test
    void shouldShowAStallThatAClosedLoopHides() throws IOException {
        double openP95;
        try (LocalServer server = new Stalling().serve()) {
            LoadReport open = run(server, plan(300, 0, 1000, 1000, TIMEOUT));
            assertThat(open.errors()).isEmpty();
            assertThat(open.latencyMs().orElseThrow().p99()).isGreaterThan(400);
            // some 150 of some 300 came due during the stall, the mean one in its middle
            openP95 = open.latencyMs().orElseThrow().p95();
            assertThat(openP95).isGreaterThan(250);
        }
        try (LocalServer server = new Stalling().serve();
                LoadConnections connections = LoadConnections.to(server.url())) {
            LoadRequest request = LoadRequest.post(connections.endpoint(), "/", Map.of(), new byte[100]);
            Histogram closed = new Histogram(3);
            for (int i = 0; i < 300; i++) {
                long sent = System.nanoTime();
                assertThat(connections.send(request, TIMEOUT).status()).isEqualTo(200);
                closed.recordValue((System.nanoTime() - sent) / 1000);
            }
            assertThat(closed.getMaxValue()).isGreaterThan(400_000);
            assertThat(closed.getValueAtPercentile(99)).isLessThan((long) (openP95 * 1000));
        }
    }

    @Test
    void shouldKeepToTheRateAndLeaveTheWarmUpOut() throws IOException {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        try (LocalServer server = LocalServer.start((exchange, number) -> {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            response(exchange, 200, "{}");
        })) {
            LoadReport report = run(server, plan(400, 500, 1000, 500, TIMEOUT), new ApiKey(Optional.of("open-sesame")));
            LoadReport.LoadCounts traffic = report.traffic();
            // five standard deviations of a Poisson count
            assertThat(traffic.offeredPerSecond()).isCloseTo(400, within(5 * Math.sqrt(400)));
            assertThat(server.requests() - traffic.due()).isCloseTo(200, within((long) (5 * Math.sqrt(200))));
            assertThat(traffic.succeeded()).isEqualTo(traffic.due());
            assertThat(traffic.succeededPerSecond()).isBetween(200.0, traffic.offeredPerSecond());
            assertThat(traffic.failed() + traffic.notStarted()).isZero();
            assertThat(report.succeeded()).isTrue();
            LoadReport.LatencyMs latency = report.latencyMs().orElseThrow();
            assertThat(List.of(latency.p50(), latency.p95(), latency.p99(), latency.p999(), latency.max()))
                    .isSorted();
            assertThat(keys).containsExactly("Bearer open-sesame");
        }
    }

    @Test
    void shouldCountErrorsByTheirCode() throws IOException {
        try (LocalServer server = LocalServer.start((exchange, number) -> {
            switch (number % 4) {
                case 0 -> response(exchange, 200, "{}");
                case 1 -> response(exchange, 429, "{\"code\": \"OVERLOADED\", \"status\": 429}");
                case 2 -> response(exchange, 502, "<html>bad gateway</html>");
                default -> exchange.close(); // the connection closes without a response
            }
        })) {
            LoadReport report = run(server, plan(300, 0, 500, 500, TIMEOUT));
            assertThat(report.errors()).containsOnlyKeys("OVERLOADED", "HTTP 502", "CONNECTION_LOST");
            long failed =
                    report.errors().values().stream().mapToLong(Long::longValue).sum();
            assertThat(failed).isEqualTo(report.traffic().failed());
            assertThat(failed + report.traffic().succeeded())
                    .isEqualTo(report.traffic().due());
            assertThat(report.errors().get("OVERLOADED")).isGreaterThan(10);
        }
    }

    @Test
    void shouldReportUnstartedAndTimedOutRequests() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (LocalServer server = LocalServer.start((exchange, number) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                exchange.close();
            }
        })) {
            LoadReport report = run(
                    server,
                    new LoadPlan(
                            arrivals(200, 0, 400),
                            new LoadPlan.LoadLimits(5, Duration.ofMillis(1500), Optional.of(Duration.ofMillis(50)))));
            assertThat(report.errors()).isEqualTo(Map.of("TIMEOUT", 5L));
            assertThat(report.traffic().notStarted()).isEqualTo(report.traffic().due() - 5);
            assertThat(report.latencyMs()).isEmpty();
            assertThat(report.p99()).contains(new LoadReport.LimitCheck(50, 0, false));
            assertThat(report.succeeded()).isFalse();
        }
    }

    @Test
    void shouldReplaceAConnectionThatTheServerHasLeft() throws Exception {
        byte[] once = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
        Semaphore left = new Semaphore(0);
        try (ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (true) {
                    try (Socket socket = server.accept()) {
                        assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
                        socket.getOutputStream().write(once);
                    } catch (IOException e) {
                        return;
                    }
                    left.release();
                }
            });
            try (LoadConnections connections = LoadConnections.to("http://127.0.0.1:" + server.getLocalPort())) {
                LoadRequest request = LoadRequest.get(connections.endpoint(), "/", Map.of());
                for (int i = 0; i < 20; i++) {
                    assertThat(connections.send(request, TIMEOUT).status()).isEqualTo(200);
                    left.acquire();
                }
            }
        }
    }

    @Test
    void shouldCountARefusedConnectionAsSuch() throws IOException {
        String url;
        LoadTarget target;
        try (LocalServer server = LocalServer.start((exchange, number) -> response(exchange, 200, "{}"));
                LoadConnections connections = LoadConnections.to(server.url())) {
            url = server.url();
            target = FoveaTarget.of(connections, "shirts", NO_KEY, IMAGES);
        }
        try (LoadConnections connections = LoadConnections.to(url)) {
            LoadReport report = new Generator(plan(100, 0, 200, 100, TIMEOUT), connections, target).run();
            assertThat(report.errors()).containsOnlyKeys("CONNECTION_REFUSED");
            assertThat(report.succeeded()).isFalse();
            assertThatThrownBy(() -> FoveaTarget.of(connections, "shirts", NO_KEY, IMAGES))
                    .satisfies(e -> assertThat(((FoveaException) e).code()).isEqualTo(ErrorCode.REMOTE_FAILED))
                    .hasMessageContaining("CONNECTION_REFUSED")
                    .hasMessageContaining("--url");
        }
    }

    @Test
    void shouldReadThePeakAndSayInTheServersWordsWhyThereIsNoModel() throws IOException {
        try (LocalServer server = LocalServer.start((exchange, number) -> response(
                        exchange, 404, "{\"code\": \"MODEL_UNKNOWN\", \"detail\": \"No model is called so.\"}"));
                LoadConnections connections = LoadConnections.to(server.url())) {
            assertThat(FoveaTarget.of(connections, "shirts", NO_KEY, IMAGES).peak())
                    .contains(12.5);
            assertThatThrownBy(() -> FoveaTarget.of(connections, "shoes", NO_KEY, IMAGES))
                    .satisfies(e -> assertThat(((FoveaException) e).code()).isEqualTo(ErrorCode.MODEL_UNKNOWN))
                    .hasMessageContaining("No model is called so.");
        }
    }

    private static LoadReport run(LocalServer server, LoadPlan plan) {
        return run(server, plan, NO_KEY);
    }

    private static LoadReport run(LocalServer server, LoadPlan plan, ApiKey key) {
        try (LoadConnections connections = LoadConnections.to(server.url())) {
            return new Generator(plan, connections, FoveaTarget.of(connections, "shirts", key, IMAGES)).run();
        }
    }

    private static LoadPlan plan(double perSecond, int warmUp, int measured, int inFlight, Duration timeout) {
        return new LoadPlan(
                arrivals(perSecond, warmUp, measured), new LoadPlan.LoadLimits(inFlight, timeout, Optional.empty()));
    }

    private static LoadPlan.Arrivals arrivals(double perSecond, int warmUpMillis, int measuredMillis) {
        return new LoadPlan.Arrivals(perSecond, Duration.ofMillis(warmUpMillis), Duration.ofMillis(measuredMillis), 7);
    }
}
