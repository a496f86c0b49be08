package dev.fovea.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on a free port of this machine. */
final class LocalServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger posts = new AtomicInteger();

    /** What is done with each request but Fovea's description of its model. */
    interface Handler {
        void handle(HttpExchange exchange, int number) throws IOException;
    }

    private LocalServer(Handler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                if (exchange.getRequestURI().getPath().equals("/v1/models/shirts")) {
                    response(exchange, 200, "{\"name\": \"shirts\", \"peak_requests_per_second\": 12.5}");
                } else {
                    handler.handle(exchange, posts.getAndIncrement());
                }
            }
        });
    }

    static LocalServer start(Handler handler) throws IOException {
        LocalServer local = new LocalServer(handler);
        local.server.start();
        return local;
    }

    static void response(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Requests so far, without those for the description. */
    int requests() {
        return posts.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
