package dev.fovea.alerts.channel;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP receiver on the loopback that records what it gets and answers as it is told. */
public final class RecordingServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicReference<Answer> answer = new AtomicReference<>(new Answer(200, Map.of(), "ok"));
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hanging;

    /** A request. */
    public record Received(String method, String path, Map<String, String> headers, byte[] body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A response. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    public RecordingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            if (hanging) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            Answer now = answer.get();
            now.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] body = now.body().getBytes();
            exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    }

    public HttpReceiver receiver(String path) {
        return HttpReceiver.at(uri(path), List.of(path));
    }

    public void answers(int status, Map<String, String> headers, String body) {
        answer.set(new Answer(status, headers, body));
    }

    /** Answers nothing until it is closed. */
    public void hangs() {
        hanging = true;
    }

    /** The next request; fails when none comes. */
    public Received next() throws InterruptedException {
        Received next = received.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request came");
        }
        return next;
    }

    /** How many requests came that were not taken. */
    public int left() {
        return received.size();
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}
