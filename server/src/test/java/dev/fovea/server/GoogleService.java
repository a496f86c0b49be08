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

    /** The configuration of a service that runs here: one attempt, and an open circuit after two failures. */
    public String remotes(double ceiling) {
        return """
                {"vision": {
                  "provider": {"type": "google", "endpoint": "http://localhost:%d", "api_key_env": "PATH"},
                  "labels": {"Rip": "tear", "Hole": "hole"}, "min_confidence": 0.5,
                  "budget": {"price_per_call": 0.5, "monthly_ceiling": %s, "currency": "USD"},
                  "limits": {"retry": {"max_attempts": 1},
                             "circuit_breaker": {"window": 2, "min_calls": 2, "failure_rate": 1, "open_duration": "10m"}}}}
                """.formatted(server.getAddress().getPort(), ceiling);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
