package dev.fovea.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service on this machine that answers in the format of Google Cloud Vision. */
public final class GoogleService implements AutoCloseable {

    private static final String ANSWER = """
            {"responses": [{"labelAnnotations": [
              {"mid": "/m/1", "description": "%s", "score": 0.97, "topicality": 0.97},
              {"mid": "/m/2", "description": "Textile", "score": 0.9, "topicality": 0.9}]}]}""";

    public final AtomicInteger calls = new AtomicInteger();
    volatile String label = "Rip";
    volatile int status = 200;
    private final HttpServer server;

    public GoogleService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            calls.incrementAndGet();
            byte[] body = ANSWER.formatted(label).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The configuration of a service that is asked here: one try, and left alone after two failures. */
    public String remotes(double ceiling) {
        return """
                {"vision": {
                  "provider": "google", "endpoint": "http://localhost:%d", "key_env": "PATH",
                  "labels": {"Rip": "tear", "Hole": "hole"}, "minimum_confidence": 0.5,
                  "price_per_call": 0.5, "monthly_ceiling": %s, "currency": "USD",
                  "limits": {"tries": 1, "breaker": {"window": 2, "least": 2, "failures": 1, "rest_ms": 600000}}}}
                """.formatted(server.getAddress().getPort(), ceiling);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
