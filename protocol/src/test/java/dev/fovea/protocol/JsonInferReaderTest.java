package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInferReaderTest {

    private static final String INPUT =
            "{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": [1, 2.5]}";
    private static final Tensor X = Tensor.of("x", new long[] {1, 2}, new float[] {1, 2.5f});

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": [%s]}",
                "{\"model_name\": \"echo\", \"inputs\": [%s], \"later\": {\"a\": [1, {\"inputs\": []}]}}",
                "{\"id\": null, \"parameters\": null, \"outputs\": null, \"inputs\": [%s]}",
                "{\"parameters\": {}, \"outputs\": [], \"inputs\": [%s]}\n ",
                "{\"parameters\": {\"sequence_id\": [1], \"x\": {\"a\": 1}, \"y\": null}, \"inputs\": [%s]}"
            })
    void shouldPassOverWhatItDoesNotKnow(String request) {
        InferRequest call = read(request.formatted(INPUT));
        assertThat(call).isEqualTo(new InferRequest("", List.of(X), List.of(), InferRequest.Options.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\": [1, 2.5], \"shape\": [1, 2], \"datatype\": \"FP32\", \"name\": \"x\"}",
                "{\"data\": [[1, 2.5]], \"datatype\": \"FP32\", \"name\": \"x\", \"shape\": [1, 2]}",
                "{\"shape\": [1, 2], \"data\": [[[1], [2.5]]], \"name\": \"x\", \"more\": [], \"datatype\": \"FP32\"}",
                "{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": [[1.0, 25e-1]], \"parameters\": null}"
            })
    void shouldTakeFieldsInAnyOrderAndDataFlatOrNested(String input) {
        assertThat(read("{\"inputs\": [%s, %s]}".formatted(input, INPUT.replace("\"x\"", "\"z\"")))
                        .inputs()
                        .getFirst())
                .isEqualTo(X);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UINT8 | 255 | 256",
                "UINT8 | 0 | -1",
                "INT8 | -128 | -129",
                "INT8 | 127 | 128",
                "UINT16 | 65535 | 65536",
                "INT16 | -32768 | -32769",
                "UINT32 | 4294967295 | 4294967296",
                "INT32 | -2147483648 | -2147483649",
                "INT32 | 2147483647 | 2147483648",
                "INT64 | 9223372036854775807 | 9223372036854775808",
                "INT64 | -9223372036854775808 | -9223372036854775809",
                "UINT64 | 18446744073709551615 | 18446744073709551616",
                "UINT64 | 0 | -1",
                "UINT8 | 1 | 1.0",
                "INT32 | 1 | 1e0",
                "INT64 | 1 | \"1\"",
                "INT64 | 1 | true",
                "FP32 | 3.4e38 | 3.5e38",
                "FP32 | 1e-60 | -1e39",
                "FP64 | 1.7e308 | 1.9e308",
                "FP64 | 5 | \"5\"",
                "FP32 | 5 | null",
                "FP64 | 5 | {}",
                "FP32 | -0.0 | true",
                "BOOL | true | \"true\"",
                "BOOL | 1 | 2",
                "BOOL | 0 | -1",
                "BOOL | false | 0.0",
                "BOOL | false | 4294967296",
                "BYTES | \"a\" | 1",
                "BYTES | \"\" | null",
                "BYTES | \"z\" | false"
            })
    void shouldTakeWhatTheTypeHoldsAndNameWhatItDoesNot(String type, String good, String bad) {
        String input = "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"%s\", \"shape\": [1], \"data\": [%s]}]}";
        String early = "{\"inputs\": [{\"name\": \"x\", \"data\": [%2$s], \"datatype\": \"%1$s\", \"shape\": [1]}]}";
        assertThat(read(early.formatted(type, good)).inputs())
                .isEqualTo(read(input.formatted(type, good)).inputs());
        Refusal.of(() -> read(input.formatted(type, bad)), "\"x\"", type);
        Refusal.of(() -> read(early.formatted(type, bad)), "\"x\"", type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP16", "BF16"})
    void shouldTakeHalvesAsBytesOnly(String type) {
        Refusal.of(
                () -> read("{\"inputs\": [{\"name\": \"h\", \"datatype\": \"%s\", \"shape\": [1], \"data\": [1]}]}"
                        .formatted(type)),
                "\"h\"",
                type,
                "binary");
    }

    @Test
    void shouldReadTextsInUtf8() {
        Tensor texts =
                read("{\"inputs\": [{\"name\": \"t\", \"datatype\": \"BYTES\", \"shape\": [3], \"data\": [\"zwölf\", \"\", \"\\ud83d\\ude00\"]}]}")
                        .inputs()
                        .getFirst();
        assertThat(ByteStrings.unpack(texts).stream().map(text -> new String(text, StandardCharsets.UTF_8)))
                .containsExactly("zwölf", "", "😀");
    }

    @Test
    void shouldCutTheBytesBehindTheJsonInTheOrderOfTheInputs() {
        String json = "{\"inputs\": [" + binary("a", "UINT8", 3, "3") + "," + INPUT + "," + binary("b", "INT16", 1, "2")
                + "," + binary("none", "FP32", 0, "0") + "]}";
        List<Tensor> inputs = read(json, new byte[] {1, 2, 3, 4, 5}).inputs();
        assertThat(inputs).hasSize(4);
        assertThat(Tensors.bytes(inputs.getFirst().bytes())).containsExactly(1, 2, 3);
        assertThat(inputs.get(1)).isEqualTo(X);
        assertThat(inputs.get(2).bytes().getShort(0)).isEqualTo((short) 0x0504);
        assertThat(inputs.get(3).bytes().remaining()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 4 bytes",
                "2 | 1 bytes",
                "1099511627776 | 1099511627776",
                "9223372036854775807 | 9223372036854775807",
                "-1 | binary_data_size",
                "1.5 | binary_data_size",
                "1e300 | binary_data_size",
                "99999999999999999999999 | binary_data_size",
                "\"3\" | binary_data_size",
                "true | binary_data_size"
            })
    void shouldRefuseSizesThatDoNotAddUp(String size, String named) {
        String json = "{\"inputs\": [" + binary("a", "UINT8", 3, size) + "]}";
        Refusal.of(() -> read(json, new byte[] {1, 2, 3}), named);
    }

    @Test
    void shouldRefuseDataThatIsThereTwiceOrNotAtAll() {
        String both = "{\"inputs\": [%s]}"
                .formatted(binary("a", "UINT8", 1, "1").replace("\"shape\"", "\"data\": [1], \"shape\""));
        Refusal.of(() -> read(both, new byte[1]), "\"a\"", "either");
        Refusal.of(
                () -> read("{\"inputs\": [{\"name\": \"a\", \"datatype\": \"UINT8\", \"shape\": [1]}]}"),
                "\"a\"",
                "either");
        Refusal.of(() -> read("{\"inputs\": [" + INPUT + "]}", new byte[] {0}), "1 bytes");
    }

    @Test
    void shouldRefuseAHeaderThatAnnouncesMoreThanTheBody() {
        Refusal.of(() -> JsonInferReader.request(new byte[] {'{', '}'}, 3), "3 bytes", "has 2");
        Refusal.of(() -> JsonInferReader.request(new byte[0], Integer.MAX_VALUE), "has 0");
    }

    @Test
    void shouldRefuseAHeaderThatCutsTheJsonShort() {
        byte[] body = ("{\"inputs\": [" + INPUT + "]}").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < body.length; length++) {
            int cut = length;
            Refusal.of(() -> JsonInferReader.request(body, cut));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"inputs\"",
                "{\"inputs\": {}}",
                "{\"inputs\": 1}",
                "{\"inputs\": [1]}",
                "{\"inputs\": [null]}",
                "{\"inputs\": [[]]}",
                "{\"inputs\": []} {}",
                "{\"inputs\": []}]",
                "{\"inputs\": []}x",
                "{\"inputs\": [], \"id\": {\"inputs\": []}}",
                "{\"inputs\": [], \"id\": [1]}",
                "{\"inputs\": [], \"outputs\": {}}",
                "{\"inputs\": [], \"outputs\": [\"y\"]}",
                "{\"inputs\": [], \"outputs\": [{\"name\": []}]}",
                "{\"inputs\": [], \"parameters\": []}",
                "{\"inputs\": [], \"parameters\": 5}",
                "{\"inputs\": [{}]}",
                "{\"inputs\": [{\"name\": [\"x\"], \"datatype\": \"FP32\", \"shape\": [1], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": {}, \"shape\": [1], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP8\", \"shape\": [1], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"fp32\", \"shape\": [1], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": 1, \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1.0], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [\"1\"], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [99999999999999999999], \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": null, \"data\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": 1}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": null}]}",
                "{\"inputs\": [{\"name\": \"x\", \"data\": 1, \"datatype\": \"FP32\", \"shape\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"data\": {\"a\": []}, \"datatype\": \"FP32\", \"shape\": [1]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [NaN]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [1,]}]}",
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [1}]}"
            })
    void shouldRefuseWhatIsNoRequest(String body) {
        Refusal.of(() -> read(body));
    }

    @Test
    void shouldRefuseJsonWithAByteThatIsNoText() {
        byte[] body = ("{\"inputs\": [], \"id\": \"?\"}").getBytes(StandardCharsets.ISO_8859_1);
        body[22] = (byte) 0xFF;
        Refusal.of(() -> JsonInferReader.request(body, body.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": %s}]}",
                "{\"inputs\": [{\"name\": \"x\", \"data\": %s, \"datatype\": \"FP32\", \"shape\": [1]}]}",
                "{\"inputs\": [], \"unknown\": %s}",
                "{\"inputs\": [], \"parameters\": {\"unknown\": %s}}"
            })
    void shouldRefuseNestingWithoutEnd(String request) {
        Refusal.of(() -> read(request.formatted("[".repeat(200_000) + "]".repeat(200_000))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"inputs\": [%s]}", "{\"outputs\": [%s]}", "{\"inputs\": [{\"name\": \"x\", \"shape\": [%s]}]}"
            })
    void shouldRefuseListsLongerThanAnyNetworkNeeds(String request) {
        String element = request.contains("shape") ? "1" : "{}";
        String many = (element + ",").repeat(5_000) + element;
        Refusal.of(() -> read(request.formatted(many)), "1024");
    }

    @Test
    void shouldReadWhatIsAskedOfEachOutputAndOfAll() {
        InferRequest call = read(
                "{\"id\": \"42\", \"inputs\": [],"
                        + "\"parameters\": {\"binary_data_output\": true, \"priority\": 1, \"timeout\": 1500},"
                        + "\"outputs\": [{\"name\": \"a\"}, {\"parameters\": {\"binary_data\": false, \"classification\": 3}, \"name\": \"b\"}]}");
        assertThat(call.id()).isEqualTo("42");
        assertThat(call.options())
                .isEqualTo(new InferRequest.Options(true, 1, Optional.of(Duration.ofNanos(1_500_000))));
        assertThat(call.outputs())
                .containsExactly(
                        new RequestedOutput("a", Optional.empty(), 0), new RequestedOutput("b", Optional.of(false), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"binary_data_output\": 1",
                "\"binary_data_output\": \"true\"",
                "\"priority\": \"high\"",
                "\"priority\": -1",
                "\"priority\": 0.5",
                "\"timeout\": -5",
                "\"timeout\": true"
            })
    void shouldRefuseParametersOfAnotherKind(String parameter) {
        Refusal.of(
                () -> read("{\"inputs\": [], \"parameters\": {%s}}".formatted(parameter)),
                parameter.substring(1, parameter.indexOf('"', 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\": [], \"parameters\": {\"shared_memory_region\": \"r\"}}",
                "{\"inputs\": [{\"name\": \"x\", \"parameters\": {\"shared_memory_region\": \"r\", \"shared_memory_byte_size\": 8}}]}",
                "{\"inputs\": [], \"outputs\": [{\"name\": \"x\", \"parameters\": {\"shared_memory_region\": \"r\"}}]}"
            })
    void shouldRefuseSharedMemory(String request) {
        Refusal.of(() -> read(request), "shared memory");
    }

    @Test
    void shouldKeepAShapeThatNobodyCanServeForTheModelToRefuse() {
        Tensor tensor =
                read("{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [4611686018427387904, 4], \"data\": []}]}")
                        .inputs()
                        .getFirst();
        assertThat(tensor.type()).isEqualTo(DataType.FP32);
        Refusal.of(tensor::elements, "4611686018427387904");
    }

    private static String binary(String name, String type, int length, String size) {
        return "{\"name\": \"%s\", \"datatype\": \"%s\", \"shape\": [%d], \"parameters\": {\"binary_data_size\": %s}}"
                .formatted(name, type, length, size);
    }

    private static InferRequest read(String json) {
        return read(json, new byte[0]);
    }

    private static InferRequest read(String json, byte[] behind) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text);
        body.writeBytes(behind);
        return JsonInferReader.request(body.toByteArray(), text.length);
    }
}
