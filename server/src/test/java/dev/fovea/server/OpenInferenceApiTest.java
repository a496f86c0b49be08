package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.server.RunningServer.Reply;
import dev.fovea.synthetic.FabricClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The Open Inference Protocol over HTTP, header by header. */
class OpenInferenceApiTest {

    private static final String JSON_LENGTH = "Inference-Header-Content-Length";
    private static final String ECHO = "/v2/models/echo/infer";
    private static final String ONE_ROW =
            "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"data\": [1, 2, 3, 4.5]}]%s}";

    private static RunningServer server;
    private static InferenceCaller caller;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(models -> {
            RunningServer.shirts(models);
            TensorModels.register(models);
            models.promote(models.register("idle", 3));
        });
        caller = new InferenceCaller(server);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldTakeImagesInBaseSixtyFourWhereTheRequestIsAllJson() throws Exception {
        String text = Base64.getEncoder().encodeToString(TestModels.image(FabricClass.HOLE, 1));
        Reply reply = server.post(
                "/v2/models/shirts/infer",
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%s\"]}]}"
                        .formatted(text));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("outputs").get(0).get("shape").get(0).asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/health/live | {\"live\":true}",
                "/v2/health/ready | {\"ready\":true}",
                "/v2/models/echo/ready | {\"name\":\"echo\",\"ready\":true}",
                "/v2/models/echo/versions/1/ready | {\"name\":\"echo\",\"ready\":true}",
                "/v2/models/echo | {\"name\":\"echo\",\"versions\":[\"1\"],\"platform\":\"onnxruntime_onnx\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,4]}],\"outputs\":[{\"name\":\"same\",\"datatype\":\"FP32\",\"shape\":[-1,4]},{\"name\":\"double\",\"datatype\":\"FP32\",\"shape\":[-1,4]}]}",
                "/v2/models/texts/versions/1 | {\"name\":\"texts\",\"versions\":[\"1\"],\"platform\":\"onnxruntime_onnx\",\"inputs\":[{\"name\":\"t\",\"datatype\":\"BYTES\",\"shape\":[-1]}],\"outputs\":[{\"name\":\"u\",\"datatype\":\"BYTES\",\"shape\":[-1]}]}"
            })
    void shouldTellOfItselfAndItsModels(String path, String body) throws Exception {
        Reply reply = server.get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).isEqualTo("application/json");
        assertThat(reply.json()).isEqualTo(InferenceCaller.json(body));
    }

    @Test
    void shouldNameItselfItsVersionAndItsExtensions() throws Exception {
        JsonNode metadata = server.get("/v2").json();
        assertThat(metadata.propertyNames()).containsExactlyInAnyOrder("name", "version", "extensions");
        assertThat(metadata.get("name").asString()).isEqualTo("fovea");
        assertThat(metadata.get("extensions").valueStream().map(JsonNode::asString))
                .contains("binary_tensor_data", "classification", "statistics", "model_repository");
    }

    @Test
    void shouldTellHowAModelIsBatched() throws Exception {
        JsonNode batched = server.get("/v2/models/echo/config").json();
        assertThat(batched.get("max_batch_size").asInt()).isGreaterThan(1);
        assertThat(batched.get("input"))
                .isEqualTo(InferenceCaller.json("[{\"name\":\"x\",\"data_type\":\"TYPE_FP32\",\"dims\":[4]}]"));
        JsonNode fixed = server.get("/v2/models/fixed/versions/1/config").json();
        assertThat(fixed.get("max_batch_size").asInt()).isZero();
        assertThat(fixed.get("output").get(0).get("dims")).isEqualTo(InferenceCaller.json("[1,2]"));
        assertThat(server.get("/v2/models/texts/config").body()).contains("TYPE_STRING");
    }

    @Test
    void shouldAnswerAllOutputsAsJsonWhenNoneIsNamed() throws Exception {
        InferenceCaller.Answer answer =
                caller.post(ECHO, ONE_ROW.formatted(", \"id\": \"a-7\", \"model_name\": \"echo\", \"other\": {}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).hasValue("application/json");
        assertThat(answer.header(JSON_LENGTH)).isEmpty();
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.json())
                .isEqualTo(
                        InferenceCaller.json(
                                "{\"model_name\":\"echo\",\"model_version\":\"1\",\"id\":\"a-7\",\"outputs\":["
                                        + "{\"name\":\"same\",\"datatype\":\"FP32\",\"shape\":[1,4],\"data\":[1.0,2.0,3.0,4.5]},"
                                        + "{\"name\":\"double\",\"datatype\":\"FP32\",\"shape\":[1,4],\"data\":[2.0,4.0,6.0,9.0]}]}"));
    }

    @Test
    void shouldAnswerOnlyTheOutputsThatAreNamedInTheirOrder() throws Exception {
        JsonNode answer = caller.post(
                        ECHO, ONE_ROW.formatted(", \"outputs\": [{\"name\": \"double\"}, {\"name\": \"same\"}]"))
                .json();
        assertThat(answer.has("id")).isFalse();
        assertThat(answer.get("outputs")
                        .valueStream()
                        .map(output -> output.get("name").asString()))
                .containsExactly("double", "same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream", "text/plain", "image/jpeg", "nonsense"})
    void shouldGoByTheHeaderOfTheLengthAndNeverByTheContentType(String type) throws Exception {
        InferenceCaller.Answer json = caller.post(ECHO, bytes(ONE_ROW.formatted("")), Map.of("Content-Type", type));
        assertThat(json.status()).isEqualTo(200);
        InferenceCaller.Answer binary = caller.post(
                ECHO,
                behind(binaryRow(""), floats(1, 2, 3, 4)),
                Map.of(
                        "Content-Type",
                        type,
                        JSON_LENGTH,
                        Integer.toString(binaryRow("").length())));
        assertThat(binary.json().get("outputs").get(1).get("data"))
                .isEqualTo(InferenceCaller.json("[2.0,4.0,6.0,8.0]"));
        InferenceCaller.Answer raw =
                caller.post(ECHO, floats(1, 2, 3, 4, 5, 6, 7, 8), Map.of("Content-Type", type, JSON_LENGTH, "0"));
        assertThat(raw.json().get("outputs").get(1).get("shape")).isEqualTo(InferenceCaller.json("[2,4]"));
        assertThat(raw.header(JSON_LENGTH)).isEmpty();
    }

    @Test
    void shouldPutTensorsBehindTheJsonInTheOrderOfTheOutputs() throws Exception {
        String json = ONE_ROW.formatted(", \"parameters\": {\"binary_data_output\": true}");
        InferenceCaller.Answer answer = caller.post(ECHO, json);
        assertThat(answer.header("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.json().get("outputs").get(0))
                .isEqualTo(
                        InferenceCaller.json(
                                "{\"name\":\"same\",\"datatype\":\"FP32\",\"shape\":[1,4],\"parameters\":{\"binary_data_size\":16}}"));
        assertThat(answer.behind()).isEqualTo(floats(1, 2, 3, 4.5f, 2, 4, 6, 9));
    }

    @ParameterizedTest
    @CsvSource({"true, false, same", "false, true, double"})
    void shouldLetEachOutputSayForItself(boolean usual, boolean own, String binary) throws Exception {
        InferenceCaller.Answer answer = caller.post(
                ECHO,
                ONE_ROW.formatted(
                        ", \"parameters\": {\"binary_data_output\": %s}, \"outputs\": [{\"name\": \"same\"}, {\"name\": \"double\", \"parameters\": {\"binary_data\": %s}}]"
                                .formatted(usual, own)));
        assertThat(answer.header(JSON_LENGTH)).isPresent();
        for (JsonNode output : answer.json().get("outputs")) {
            assertThat(output.has("data"))
                    .isNotEqualTo(output.get("name").asString().equals(binary));
        }
        assertThat(answer.behind()).hasSize(16);
    }

    @Test
    void shouldCarryHalvesAsBytesOnly() throws Exception {
        String json = "{\"inputs\": [{\"name\": \"h\", \"datatype\": \"FP16\", \"shape\": [1, 2],"
                + " \"parameters\": {\"binary_data_size\": 4}}], \"outputs\": [{\"name\": \"g\", \"parameters\": {\"binary_data\": %s}}]}";
        byte[] halves = {0, 60, 1, (byte) 0xFC};
        InferenceCaller.Answer answer = caller.post(
                "/v2/models/half/infer",
                behind(json.formatted(true), halves),
                Map.of(JSON_LENGTH, Integer.toString(json.formatted(true).length())));
        assertThat(answer.behind()).isEqualTo(halves);
        InferenceCaller.Answer refused = caller.post(
                "/v2/models/half/infer",
                behind(json.formatted(false), halves),
                Map.of(JSON_LENGTH, Integer.toString(json.formatted(false).length())));
        assertError(refused, 400, "\"g\"", "binary_data");
    }

    @Test
    void shouldNotWriteWhatIsNoNumberAsJson() throws Exception {
        byte[] row = floats(Float.NaN, 1, Float.POSITIVE_INFINITY, 0);
        Map<String, String> raw =
                Map.of(JSON_LENGTH, Integer.toString(binaryRow("").length()));
        assertError(caller.post(ECHO, behind(binaryRow(""), row), raw), 500, "NaN", "binary_data");
        String asked = ", \"outputs\": [{\"name\": \"same\", \"parameters\": {\"binary_data\": true}}]";
        InferenceCaller.Answer binary = caller.post(
                ECHO,
                behind(binaryRow(asked), row),
                Map.of(JSON_LENGTH, Integer.toString(binaryRow(asked).length())));
        assertThat(binary.behind()).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zwölf", "a\\u0000b", "\\ud83d\\ude00 smiles"})
    void shouldGiveTextsBackAsTheyWere(String text) throws Exception {
        JsonNode answer = caller.post(
                        "/v2/models/texts/infer",
                        "{\"inputs\": [{\"name\": \"t\", \"datatype\": \"BYTES\", \"shape\": [2], \"data\": [\"%s\", \"b\"]}]}"
                                .formatted(text))
                .json();
        assertThat(answer.get("outputs").get(0).get("data"))
                .isEqualTo(InferenceCaller.json("[\"%s\", \"b\"]".formatted(text)));
    }

    @Test
    void shouldTakeImagesThroughTheContractAndNameTheirBestClasses() throws Exception {
        byte[] hole = TestModels.image(FabricClass.HOLE, 5);
        byte[] tear = TestModels.image(FabricClass.TEAR, 6);
        String asked = "\"outputs\": [{\"name\": \"logits\", \"parameters\": {\"classification\": 2}}]";
        JsonNode both = images(asked, hole, tear).json().get("outputs").get(0);
        assertThat(both.get("datatype").asString()).isEqualTo("BYTES");
        assertThat(both.get("shape")).isEqualTo(InferenceCaller.json("[2,2]"));
        assertThat(both.get("data").valueStream().map(JsonNode::asString))
                .hasSize(4)
                .allSatisfy(text -> assertThat(text).matches("-?[0-9]+\\.[0-9]{6}:[0-2]:(hole|none|tear)"));
        JsonNode alone = images(asked, tear).json().get("outputs").get(0);
        assertThat(alone.get("data").get(0)).isEqualTo(both.get("data").get(2));
        assertError(images(asked, hole, bytes("no image"), tear), 400, "image");
        assertError(images(asked), 400, "image");
    }

    @Test
    void shouldRefuseMoreImagesThanCouldEverWait() throws Exception {
        assertError(images("\"outputs\": []", new byte[5_000][0]), 400, "1024", "fewer");
    }

    private static InferenceCaller.Answer images(String asked, byte[]... files) throws Exception {
        byte[] packed = InferenceCaller.bytes(ByteStrings.pack(Arrays.asList(files)));
        String json =
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [%d], \"parameters\": {\"binary_data_size\": %d}}], %s}"
                        .formatted(files.length, packed.length, asked);
        return caller.post(
                "/v2/models/shirts/infer", behind(json, packed), Map.of(JSON_LENGTH, Integer.toString(json.length())));
    }

    @Test
    void shouldAnswerWithTheVersionThatIsStated() throws Exception {
        byte[] file = TestModels.image(FabricClass.HOLE, 5);
        byte[] packed = InferenceCaller.bytes(ByteStrings.pack(List.of(file)));
        String json =
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"parameters\": {\"binary_data_size\": %d}}]}"
                        .formatted(packed.length);
        Map<String, String> headers = Map.of(JSON_LENGTH, Integer.toString(json.length()));
        List<JsonNode> logits = new ArrayList<>();
        for (String version : List.of("1", "2")) {
            JsonNode answer = caller.post(
                            "/v2/models/shirts/versions/" + version + "/infer", behind(json, packed), headers)
                    .json();
            assertThat(answer.get("model_version").asString()).isEqualTo(version);
            logits.add(answer.get("outputs").get(0).get("data"));
        }
        assertThat(logits.getFirst()).isNotEqualTo(logits.getLast());
        assertThat(caller.post("/v2/models/shirts/infer", behind(json, packed), headers)
                        .json()
                        .get("outputs")
                        .get(0)
                        .get("data"))
                .isEqualTo(logits.getFirst());
        assertThat(server.get("/v2/models/shirts").json().get("versions"))
                .isEqualTo(InferenceCaller.json("[\"1\", \"2\"]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /v2/models/nobody | 404 | nobody",
                "GET | /v2/models/nobody/ready | 404 | nobody",
                "GET | /v2/models/nobody/config | 404 | nobody",
                "GET | /v2/models/nobody/stats | 404 | nobody",
                "GET | /v2/models/echo/versions/9 | 404 | 9",
                "GET | /v2/models/echo/versions/9/stats | 404 | 9",
                "GET | /v2/models/echo/versions/one | 404 | one",
                "GET | /v2/models/echo/versions/99999999999/ready | 404 | 99999999999",
                "POST | /v2/models/nobody/infer | 404 | nobody",
                "POST | /v2/models/echo/versions/9/infer | 404 | 9",
                "POST | /v2/repository/models/nobody/load | 404 | nobody",
                "POST | /v2/repository/models/nobody/unload | 404 | nobody",
                "GET | /v2/nothing | 404 | /v2/nothing",
                "GET | /v2/models/echo/infer | 405 | GET",
                "DELETE | /v2/models/echo | 405 | DELETE",
                "POST | /v2/health/live | 405 | POST"
            })
    void shouldSayWhatIsNotThere(String method, String path, int status, String named) throws Exception {
        byte[] body = method.equals("POST") ? bytes(ONE_ROW.formatted("")) : new byte[0];
        assertError(caller.send(method, path, body, Map.of()), status, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | object",
                "{} | \"x\" is missing",
                "{\"inputs\": [ | JSON",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 5], \"data\": [1,2,3,4,5]}]} | [1, 5]",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [2, 4], \"data\": [1,2,3,4]}]} | 16 bytes",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [-1, 4], \"data\": [1,2,3,4]}]} | -1",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [0, 4], \"data\": []}]} | one at least",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [4611686018427387904, 4], \"data\": []}]} | 4611686018427387904",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP64\", \"shape\": [1, 4], \"data\": [1,2,3,4]}]} | FP64",
                "{\"inputs\": [{\"name\": \"y\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"data\": [1,2,3,4]}]} | \"x\" is missing",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"data\": [1,2,3,\"4\"]}]} | FP32",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"parameters\": {\"binary_data_size\": 1099511627776}}]} | 1099511627776",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"parameters\": {\"shared_memory_region\": \"r\"}}]} | shared memory"
            })
    void shouldSayWhatIsWrongWithARequest(String body, String named) throws Exception {
        assertError(caller.post(ECHO, body), 400, named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"outputs\": [{\"name\": \"triple\"}] | triple",
                "\"outputs\": [{}] | output",
                "\"parameters\": {\"priority\": \"high\"} | priority",
                "\"outputs\": [{\"name\": \"same\", \"parameters\": {\"classification\": -1}}] | classification"
            })
    void shouldSayWhatIsWrongWithWhatIsAsked(String asked, String named) throws Exception {
        assertError(caller.post(ECHO, ONE_ROW.formatted(", " + asked)), 400, named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1e3", "99999999999", "5000"})
    void shouldRefuseALengthOfTheJsonThatCannotBe(String length) throws Exception {
        assertError(caller.post(ECHO, bytes(ONE_ROW.formatted("")), Map.of(JSON_LENGTH, length)), 400, JSON_LENGTH);
    }

    @Test
    void shouldTakePrioritiesAndGiveUpInTime() throws Exception {
        for (int priority = 0; priority < 4; priority++) {
            assertThat(caller.post(
                                    ECHO,
                                    ONE_ROW.formatted(", \"parameters\": {\"priority\": %d, \"timeout\": 20000000}"
                                            .formatted(priority)))
                            .status())
                    .isEqualTo(200);
        }
        assertError(caller.post(ECHO, ONE_ROW.formatted(", \"parameters\": {\"timeout\": 1}")), 504, "0 ms");
    }

    @Test
    void shouldUnloadAndLoadAModelAndSayWhereItStands() throws Exception {
        JsonNode loaded = caller.post("/v2/repository/index", "").json();
        assertThat(loaded.valueStream())
                .contains(InferenceCaller.json(
                        "{\"name\":\"fixed\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}"));
        assertThat(caller.post("/v2/repository/models/fixed/unload", "").status())
                .isEqualTo(200);
        Reply ready = server.get("/v2/models/fixed/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.type()).isEqualTo("application/json");
        assertError(caller.post("/v2/models/fixed/infer", "{}"), 503, "load");
        assertError(caller.send("GET", "/v2/models/fixed", new byte[0], Map.of()), 503, "load");
        assertThat(caller.post("/v2/repository/index", "{}").body())
                .contains("{\"name\":\"fixed\",\"version\":\"1\",\"state\":\"UNAVAILABLE\"");
        assertThat(caller.post("/v2/repository/index", "{\"ready\": true}").body())
                .contains("\"echo\"")
                .doesNotContain("\"fixed\"");
        assertThat(server.get("/v2/health/ready").status()).isEqualTo(200);
        assertThat(caller.post("/v2/repository/models/fixed/load", "{\"parameters\": {}}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/v2/models/fixed/ready").status()).isEqualTo(200);
        assertThat(caller.post(
                                "/v2/models/fixed/infer",
                                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": [[1, 2]]}]}")
                        .status())
                .isEqualTo(200);
        assertError(caller.post("/v2/repository/index", "{\"ready\":"), 400, "JSON");
    }

    @Test
    void shouldCountWhatItAnsweredAndWhatItRefused() throws Exception {
        String row = "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": %s}]}";
        JsonNode before = statistics();
        long begun = System.currentTimeMillis();
        for (int i = 0; i < 3; i++) {
            caller.post("/v2/models/fixed/infer", row.formatted("[1, 2]"));
        }
        caller.post("/v2/models/fixed/infer", row.formatted("[1]"));
        JsonNode after = await().atMost(Duration.ofSeconds(60))
                .until(
                        OpenInferenceApiTest::statistics,
                        now -> count(now, "success") >= count(before, "success") + 3
                                && count(now, "fail") >= count(before, "fail") + 1);
        assertThat(count(after, "success")).isEqualTo(count(before, "success") + 3);
        assertThat(count(after, "fail")).isEqualTo(count(before, "fail") + 1);
        assertThat(after.path("inference_count").asLong())
                .isEqualTo(before.path("inference_count").asLong() + 3);
        assertThat(after.get("last_inference").asLong()).isBetween(begun, System.currentTimeMillis());
        JsonNode stages = after.get("inference_stats");
        assertThat(stages.propertyNames())
                .contains("success", "fail", "queue", "compute_input", "compute_infer", "compute_output");
        assertThat(stages.get("success").get("ns").asLong())
                .isGreaterThanOrEqualTo(stages.get("compute_infer").get("ns").asLong());
        assertThat(server.get("/v2/models/stats").json().get("model_stats").valueStream())
                .anyMatch(one -> one.get("name").asString().equals("fixed"));
    }

    @Test
    void shouldCountNothingForAModelThatWasNeverAsked() throws Exception {
        JsonNode idle = server.get("/v2/models/idle/stats").json().get("model_stats");
        assertThat(idle.valueStream()).hasSize(1);
        assertThat(idle.get(0).get("version").asString()).isEqualTo("1");
        assertThat(idle.get(0).get("inference_count").asLong()).isZero();
        assertThat(count(idle.get(0), "success")).isZero();
    }

    private static JsonNode statistics() throws Exception {
        return server.get("/v2/models/fixed/versions/1/stats")
                .json()
                .path("model_stats")
                .path(0);
    }

    private static long count(JsonNode statistics, String what) {
        return statistics.path("inference_stats").path(what).path("count").asLong();
    }

    @Test
    void shouldGiveEachCallerItsOwnAnswer() throws Exception {
        int clients = 16;
        try (ExecutorService together = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < clients * 20; i++) {
                int number = i;
                calls.add(together.submit(() -> {
                    assertOwnAnswer(number);
                    return number;
                }));
            }
            for (Future<?> call : calls) {
                call.get(2, TimeUnit.MINUTES);
            }
        }
    }

    private static void assertOwnAnswer(int number) throws Exception {
        switch (number % 3) {
            case 0 -> {
                JsonNode answer = caller.post(
                                ECHO,
                                "{\"id\": \"%1$d\", \"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"data\": [%1$d, 0, 0, 1]}]}"
                                        .formatted(number))
                        .json();
                assertThat(answer.get("id").asString()).isEqualTo(Integer.toString(number));
                assertThat(answer.get("outputs").get(1).get("data").get(0).asDouble())
                        .isEqualTo(2.0 * number);
            }
            case 1 -> {
                JsonNode answer = caller.post(
                                "/v2/models/texts/infer",
                                "{\"inputs\": [{\"name\": \"t\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%d\"]}]}"
                                        .formatted(number))
                        .json();
                assertThat(answer.get("outputs").get(0).get("data").get(0).asString())
                        .isEqualTo(Integer.toString(number));
            }
            default ->
                assertError(
                        caller.post(
                                ECHO,
                                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, %d], \"data\": []}]}"
                                        .formatted(number + 5)),
                        400,
                        Integer.toString(number + 5));
        }
    }

    private static String binaryRow(String asked) {
        return "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"parameters\": {\"binary_data_size\": 16}}]%s}"
                .formatted(asked);
    }

    private static byte[] floats(float... values) {
        return InferenceCaller.bytes(
                Tensor.of("x", new long[] {values.length}, values).bytes());
    }

    private static byte[] behind(String json, byte[] bytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(json));
        body.writeBytes(bytes);
        return body.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertError(InferenceCaller.Answer answer, int status, String... words) {
        answer.assertError(status, words);
    }
}
