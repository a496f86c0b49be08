package dev.fovea.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against a small server that reads the binary tensor extension as its specification has it. */
class InferenceTargetTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ApiKey NO_KEY = new ApiKey(Optional.empty());

    private final Map<String, ByteBuffer> received = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void shouldSendMadeUpTensorsOfTheDeclaredShapes() throws IOException {
        String inputs = """
                [{"name": "pixels", "datatype": "FP32", "shape": [-1, 3, 4, 5]},
                 {"name": "ids", "datatype": "INT64", "shape": [2]}]
                """;
        LoadReport report = run(inputs, List.of());
        assertThat(report.errors()).isEmpty();
        assertThat(report.traffic().succeeded()).isPositive();
        assertThat(received.get("pixels").remaining()).isEqualTo(4 * 60);
        for (int i = 0; i < 60; i++) {
            assertThat(received.get("pixels").getFloat(4 * i)).isBetween(0f, 1f);
        }
        assertThat(received.get("ids").getLong(8)).isBetween(0L, 127L);
    }

    @Test
    void shouldSendImagesWhereBytesAreTaken() throws IOException {
        byte[] image = {1, 2, 3, 4, 5};
        LoadReport report = run("[{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [-1, 2]}]", List.of(image));
        assertThat(report.errors()).isEmpty();
        ByteBuffer sent = received.get("image");
        for (int element = 0; element < 2; element++) {
            assertThat(sent.getInt(9 * element)).isEqualTo(5);
            assertThat(sent.slice(9 * element + 4, 5)).isEqualTo(ByteBuffer.wrap(image));
        }
    }

    @ParameterizedTest
    @EnumSource(value = DataType.class, mode = EnumSource.Mode.EXCLUDE, names = "BYTES")
    void shouldMakeUpElementsOfEveryType(DataType type) {
        InferenceInput input = new InferenceInput(new TensorMetadata("x", type, new long[] {2, 3}));
        Tensor bytes = input.madeUp(new SplittableRandom(1));
        assertThat(bytes.bytes().remaining()).isEqualTo(6 * type.size());
        assertThat(bytes).isEqualTo(input.madeUp(new SplittableRandom(1)));
    }

    @Test
    void shouldCountRefusalsByStatus() throws IOException {
        try (LocalServer server = LocalServer.start((exchange, number) -> {
                    if (exchange.getRequestMethod().equals("GET")) {
                        LocalServer.response(
                                exchange, 200, metadata("[{\"name\": \"x\", \"datatype\": \"BOOL\", \"shape\": []}]"));
                    } else {
                        LocalServer.response(exchange, 503, "{\"error\": \"busy\"}");
                    }
                });
                LoadConnections connections = LoadConnections.to(server.url())) {
            LoadReport report = new Generator(plan(), connections, target(connections, List.of())).run();
            assertThat(report.errors()).containsOnlyKeys("HTTP 503");
        }
    }

    @Test
    void shouldNameUnsupportedInputs() {
        assertThatThrownBy(() -> run("[]", List.of())).hasMessageContaining("declares no inputs");
        assertThatThrownBy(() -> run("[{\"name\": \"x\", \"datatype\": \"COMPLEX\", \"shape\": [1]}]", List.of()))
                .hasMessageContaining("COMPLEX");
        assertThatThrownBy(() ->
                        run("[{\"name\": \"x\", \"datatype\": \"FP64\", \"shape\": [100000, 100000]}]", List.of()))
                .satisfies(e -> assertThat(((FoveaException) e).code()).isEqualTo(ErrorCode.TENSOR_INVALID))
                .hasMessageContaining("100000");
        assertThatThrownBy(() -> run("[{\"name\": \"x\", \"datatype\": \"BYTES\", \"shape\": [1]}]", List.of()))
                .hasMessageContaining("takes images");
    }

    private LoadReport run(String inputs, List<byte[]> images) throws IOException {
        try (LocalServer server = LocalServer.start((exchange, number) -> {
                    if (exchange.getRequestMethod().equals("GET")) {
                        LocalServer.response(exchange, 200, metadata(inputs));
                    } else {
                        infer(exchange, JSON.readTree(inputs));
                    }
                });
                LoadConnections connections = LoadConnections.to(server.url())) {
            LoadReport report = new Generator(plan(), connections, target(connections, images)).run();
            assertThat(faults).isEmpty();
            return report;
        }
    }

    private static LoadTarget target(LoadConnections connections, List<byte[]> images) {
        return InferenceTarget.of(connections, "net", NO_KEY, images, 3);
    }

    private static LoadPlan plan() {
        LoadPlan.Arrivals arrivals = new LoadPlan.Arrivals(100, Duration.ZERO, Duration.ofMillis(200), 1);
        return new LoadPlan(arrivals, new LoadPlan.LoadLimits(100, Duration.ofSeconds(5), Optional.empty()));
    }

    private static String metadata(String inputs) {
        return "{\"name\": \"net\", \"platform\": \"test\", \"inputs\": %s, \"outputs\": []}".formatted(inputs);
    }

    /** Decodes the body: a JSON header of the stated length, then each input's bytes, and nothing after them. */
    private void infer(HttpExchange exchange, JsonNode declared) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int header = Integer.parseInt(exchange.getRequestHeaders().getFirst("Inference-Header-Content-Length"));
        JsonNode request = JSON.readTree(body, 0, header);
        List<String> names = new ArrayList<>();
        int at = header;
        for (JsonNode input : request.get("inputs")) {
            int size = input.get("parameters").get("binary_data_size").asInt();
            received.put(
                    input.get("name").asString(),
                    ByteBuffer.wrap(body, at, size).slice().order(ByteOrder.LITTLE_ENDIAN));
            at += size;
            names.add(input.get("name").asString() + input.get("datatype").asString());
            input.get("shape").forEach(length -> {
                if (length.asInt() < 1) {
                    faults.add("open size sent: " + input);
                }
            });
        }
        List<String> expected = new ArrayList<>();
        declared.forEach(input -> expected.add(
                input.get("name").asString() + input.get("datatype").asString()));
        if (at != body.length
                || !names.equals(expected)
                || !exchange.getRequestURI().getPath().equals("/v2/models/net/infer")) {
            faults.add("%d of %d bytes, %s at %s".formatted(at, body.length, names, exchange.getRequestURI()));
        }
        LocalServer.response(exchange, 200, "{\"model_name\": \"net\", \"outputs\": []}");
    }
}
