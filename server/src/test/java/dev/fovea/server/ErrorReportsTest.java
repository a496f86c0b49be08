package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.server.RunningServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose network fails on some inputs, and who is told so. */
class ErrorReportsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int INT64 = 7;

    private final BlockingQueue<List<String>> envelopes = new LinkedBlockingQueue<>();
    private HttpServer sentry;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        sentry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sentry.createContext("/api/7/envelope/", exchange -> {
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            envelopes.add(new String((gzip ? new GZIPInputStream(body) : body).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        sentry.start();
        server = RunningServer.with(
                models -> models.tensors("chooser", chooser()),
                Map.of(
                        "sentry.dsn",
                        "http://public@127.0.0.1:%d/7"
                                .formatted(sentry.getAddress().getPort()),
                        "sentry.environment",
                        "test"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        sentry.stop(0);
    }

    /** Gives the number at the place that it is asked for, of three. */
    private static byte[] chooser() {
        GraphBuilder graph = new GraphBuilder("chooser");
        String place = graph.node("Cast", "place", List.of(graph.input("x", 1)), GraphBuilder.integer("to", INT64));
        String numbers = graph.weights("numbers", List.of(3L), new float[] {1, 2, 3});
        graph.node("Gather", "chosen", List.of(numbers, place));
        return graph.output("chosen", 1).build().bytes();
    }

    private Reply choose(float place) throws Exception {
        return server.post(
                "/v2/models/chooser/infer",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP32\", \"data\": [%s]}]}"
                        .formatted(place));
    }

    private JsonNode report() throws InterruptedException {
        List<String> envelope = envelopes.poll(1, TimeUnit.MINUTES);
        assertThat(envelope).as("a report").isNotNull();
        return JSON.readTree(envelope.get(2)); // after the envelope's header and the item's
    }

    @Test
    void shouldReportAFailureWithTheVersionAndTheTime() throws Exception {
        assertThat(choose(1).status()).isEqualTo(200);
        Reply reply = choose(9);
        assertThat(reply.status()).isEqualTo(500);

        JsonNode report = report();

        assertThat(report.get("environment").asString()).isEqualTo("test");
        assertThat(report.get("release").asString()).startsWith("fovea@");
        JsonNode tags = report.get("tags");
        assertThat(tags.get("code").asString()).isEqualTo("INFERENCE_FAILED");
        assertThat(tags.get("model").asString()).isEqualTo("chooser");
        assertThat(tags.get("version").asString()).isEqualTo("1");
        assertThat(tags.get("request_id").asString()).isEqualTo(reply.headers().get("x-request-id"));
        assertThat(report.get("contexts").get("fovea").get("elapsed_ms").asDouble())
                .isPositive();
        assertThat(report.get("exception").get("values").toString()).contains("OrtException");
        assertThat(report.path("user").isEmpty()).as("nothing about the caller").isTrue();
        assertThat(report.has("request")).as("no header or body").isFalse();
    }

    @Test
    void shouldReportNoErrorOfACaller() throws Exception {
        assertThat(server.post("/v2/models/chooser/infer", "{").status()).isEqualTo(400);
        assertThat(server.get("/v1/models/trousers").status()).isEqualTo(404);
        server.server().close();

        assertThat(envelopes).isEmpty();
    }
}
