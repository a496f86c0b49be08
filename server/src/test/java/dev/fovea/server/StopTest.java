package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.cli.terminal.TemporaryHome;
import dev.fovea.synthetic.FabricClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A stop loses no request that was in flight. */
class StopTest {

    private static final int IN_FLIGHT = 8;
    private static final int CLIENTS = 6;
    private static final int SIGTERM_STATUS = 0;
    private static final Pattern READY =
            Pattern.compile("ready at (http://127\\.0\\.0\\.1:(\\d+)) .*on port (\\d+)\\)");

    private final byte[] image = TestModels.image(FabricClass.HOLE, 2);

    @Test
    void shouldAnswerWhatIsInFlightAndBeUnreadyMeanwhile() throws Exception {
        try (TemporaryHome home = new TemporaryHome()) {
            fill(home);
            FoveaServer server = RunningServer.serve(home.path(), java.util.Map.of());
            int port = server.port();
            List<Socket> callers = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                callers.add(sendHalf(port));
            }
            int readiness = server.managementPort();
            assertThat(status(readiness, "/health/readiness")).isEqualTo(200);
            try (ExecutorService stopper = Executors.newSingleThreadExecutor()) {
                Future<?> stopping = stopper.submit(server::close);
                awaitRefusal(port);
                assertThat(isReady(readiness)).isFalse();
                assertThrows(
                        TimeoutException.class,
                        () -> stopping.get(1500, TimeUnit.MILLISECONDS),
                        "Jetty's own patience");
                for (Socket caller : callers) {
                    caller.getOutputStream().write(image, image.length / 2, image.length - image.length / 2);
                }
                for (Socket caller : callers) {
                    String answer = new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"label\":");
                    caller.close();
                }
                stopping.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void shouldGoOnAnsweringForTheStopDelayThoughItIsUnready() throws Exception {
        try (TemporaryHome home = new TemporaryHome();
                ExecutorService stopper = Executors.newSingleThreadExecutor()) {
            fill(home);
            FoveaServer server =
                    RunningServer.serve(home.path(), java.util.Map.of("shutdown.readiness-delay", "4000ms"));
            int port = server.port();
            int management = server.managementPort();
            assertThat(status(management, "/health/readiness")).isEqualTo(200);
            Future<?> stopping = stopper.submit(server::close);
            await().until(() -> status(management, "/health/readiness") != 200);
            assertThat(status(management, "/health/readiness")).isEqualTo(503);
            assertThat(status(management, "/health/liveness")).isEqualTo(200);
            assertThat(status(port, "/v1/models")).isEqualTo(200);
            assertThat(stopping).isNotDone();
            stopping.get(60, TimeUnit.SECONDS);
        }
    }

    /** A request whose body is half sent is in flight for as long as the test likes. */
    private Socket sendHalf(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        OutputStream out = socket.getOutputStream();
        out.write(("POST /v1/models/shirts/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + image.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(image, 0, image.length / 2);
        out.flush();
        return socket;
    }

    /** Returns once no new connection is taken, which is how a stop begins. */
    private static void awaitRefusal(int port) {
        await("the server takes no new connection")
                .atMost(Duration.ofSeconds(60))
                .until(() -> isRefused(port));
    }

    private static boolean isRefused(int port) throws IOException {
        try (Socket probe = new Socket("127.0.0.1", port)) {
            return !probe.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    /** A management port that is closed says the same as one that answers 503. */
    private static boolean isReady(int port) throws IOException {
        try {
            return status(port, "/health/readiness") == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static int status(int port, String path) throws IOException {
        String answer =
                RawHttp.exchange(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return Integer.parseInt(answer.substring(9, 12));
    }

    /**
     * One request to the process that is told to stop: when it was sent and its status, 0 when there was no connection.
     */
    private record Shot(long sent, int status) {}

    @Test
    void shouldLoseNoRequestOnSigtermDuringLoad() throws Exception {
        try (TemporaryHome home = new TemporaryHome();
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
                HttpClient client = HttpClient.newHttpClient()) {
            fill(home);
            Process child = Child.startTalking(
                    "serve", "--port", "0", "--home", home.path().toString());
            BufferedReader output = Child.output(child);
            Matcher ready = READY.matcher(Child.await(output, "is ready at"));
            assertThat(ready.find()).isTrue();
            URI address = URI.create(ready.group(1) + "/v1/models/shirts/predict");
            AtomicInteger answered = new AtomicInteger();
            List<Future<List<Shot>>> loads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                loads.add(clients.submit(() -> load(client, address, answered)));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> answered.get() >= 20 * CLIENTS || !child.isAlive());
            long told = System.nanoTime();
            child.destroy();
            List<Shot> shots = new ArrayList<>();
            for (Future<List<Shot>> load : loads) {
                shots.addAll(load.get(60, TimeUnit.SECONDS));
            }
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(SIGTERM_STATUS);
            assertThat(shots.stream().filter(shot -> shot.sent() < told))
                    .hasSizeGreaterThanOrEqualTo(20 * CLIENTS)
                    .allMatch(shot -> shot.status() == 200);
            assertThat(shots.stream().map(Shot::status)).isSubsetOf(200, 503, 0);
        }
    }

    private List<Shot> load(HttpClient client, URI address, AtomicInteger answered) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(BodyPublishers.ofByteArray(image))
                .build();
        List<Shot> shots = new ArrayList<>();
        int status = 200;
        while (status == 200) {
            long sent = System.nanoTime();
            try {
                status = client.send(request, BodyHandlers.ofString()).statusCode();
            } catch (IOException e) {
                status = 0;
            }
            shots.add(new Shot(sent, status));
            answered.incrementAndGet();
        }
        return shots;
    }

    private static void fill(TemporaryHome home) {
        try (Application application = Application.open(home.path())) {
            RunningServer.shirts(new TestModels(application));
        }
    }
}
