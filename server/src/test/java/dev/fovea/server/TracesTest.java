package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.ServerMetadataRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces of a real server, taken in by a collector's protocol. */
class TracesTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String SAMPLED = "00-%s-%s-01".formatted(TRACE, CALLER);
    private static final String NOT_SAMPLED = "00-%s-%s-00".formatted(TRACE, CALLER);
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    private final ConcurrentLinkedQueue<Span> spans = new ConcurrentLinkedQueue<>();
    private HttpServer collector;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            ExportTraceServiceRequest.parseFrom(new GZIPInputStream(exchange.getRequestBody()))
                    .getResourceSpansList()
                    .forEach(resource ->
                            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        server = RunningServer.with(
                RunningServer::shirts,
                Map.of(
                        "inference.tuning-timeout", "0s",
                        "tracing.endpoint",
                                "http://127.0.0.1:" + collector.getAddress().getPort(),
                        "tracing.sample-ratio", "0"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        collector.stop(0);
    }

    private Reply predict(String traceparent) throws Exception {
        return server.send(server.request("/v1/models/shirts/predict")
                .header("traceparent", traceparent)
                .header("X-Request-Id", "order-1")
                .POST(BodyPublishers.ofByteArray(TestModels.image(FabricClass.HOLE, 1))));
    }

    private Map<String, Span> exported(String last) {
        await().atMost(LIMIT).until(() -> spans.stream().map(Span::getName).anyMatch(last::equals));
        return spans.stream().collect(Collectors.toMap(Span::getName, span -> span));
    }

    @Test
    void shouldShowEachStageOfAPredictionBelowItsCaller() throws Exception {
        assertThat(predict(SAMPLED).status()).isEqualTo(200);
        exported("postprocess");

        Map<String, Span> named = exported("POST /v1/models/{name}/predict");

        Span request = named.get("POST /v1/models/{name}/predict");
        assertThat(hex(request.getTraceId().toByteArray())).isEqualTo(TRACE);
        assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo(CALLER);
        assertThat(attributes(request))
                .containsEntry("http.response.status_code", "200")
                .containsEntry("url.path", "/v1/models/shirts/predict")
                .containsEntry("fovea.request.id", "order-1");
        Span prediction = named.get("predict");
        assertThat(prediction.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(attributes(prediction))
                .containsEntry("fovea.model", "shirts")
                .containsEntry("fovea.version", "1")
                .containsEntry("fovea.image.format", "JPEG");
        for (String stage : List.of("decode", "preprocess", "queue", "infer", "postprocess")) {
            Span span = named.get(stage);
            assertThat(span.getParentSpanId()).as(stage).isEqualTo(prediction.getSpanId());
            assertThat(span.getStartTimeUnixNano())
                    .as(stage)
                    .isBetween(prediction.getStartTimeUnixNano(), prediction.getEndTimeUnixNano());
            assertThat(span.getEndTimeUnixNano()).as(stage).isGreaterThan(span.getStartTimeUnixNano());
        }
    }

    @Test
    void shouldMarkAFailedRequest() throws Exception {
        Reply reply = server.send(server.request("/v1/models/trousers/predict")
                .header("traceparent", SAMPLED)
                .POST(BodyPublishers.ofByteArray(TestModels.image(FabricClass.HOLE, 1))));
        assertThat(reply.status()).isEqualTo(404);

        Span request = exported("POST /v1/models/{name}/predict").get("POST /v1/models/{name}/predict");

        assertThat(attributes(request)).containsEntry("http.response.status_code", "404");
        assertThat(request.getStatus().getCodeValue())
                .as("an error of the caller")
                .isZero();
    }

    @Test
    void shouldTraceNothingThatIsNotSampled() throws Exception {
        predict(NOT_SAMPLED);
        predict("no such header");
        server.server().close();

        assertThat(spans).isEmpty();
    }

    @Test
    void shouldTraceACallOverGrpc() {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), SAMPLED);
        ManagedChannel channel = GrpcCalls.channel(server);
        try {
            var _ = GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .serverMetadata(ServerMetadataRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }

        String method = "inference.GRPCInferenceService/ServerMetadata";
        Span call = exported(method).get(method);

        assertThat(hex(call.getParentSpanId().toByteArray())).isEqualTo(CALLER);
        assertThat(attributes(call)).containsEntry("rpc.system", "grpc").containsEntry("rpc.grpc.status_code", "0");
    }

    @Test
    void shouldPointFromAHistogramToATrace() throws Exception {
        predict(SAMPLED);

        String metrics = metrics(OPEN_METRICS);

        assertThat(metrics.lines())
                .filteredOn(line -> line.startsWith("http_server_request_duration_seconds_bucket"))
                .anyMatch(line -> line.contains("# {") && line.contains("trace_id=\"" + TRACE + "\""));
        assertThat(metrics).endsWith("# EOF\n");
        assertThat(metrics("*/*"))
                .contains("http_server_request_duration_seconds_bucket")
                .doesNotContain(TRACE);
    }

    private String metrics(String accept) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(
                    "http://127.0.0.1:%d/metrics".formatted(server.server().managementPort()));
            return client.send(
                            HttpRequest.newBuilder(uri).header("Accept", accept).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(
                        attribute -> attribute.getKey(),
                        attribute -> attribute.getValue().hasIntValue()
                                ? Long.toString(attribute.getValue().getIntValue())
                                : attribute.getValue().getStringValue()));
    }
}
