package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelInferResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back as it was: an answer has the form of a request but for its list's name. */
class RoundTripTest {

    private static final InferRequest PLAIN = new InferRequest("7", List.of(), List.of(), InferRequest.Options.DEFAULT);

    @Provide
    Arbitrary<Tensor> any() {
        return Arbitraries.of(DataType.values()).flatMap(Tensors::of);
    }

    @Provide
    Arbitrary<Tensor> readable() {
        return Arbitraries.of(Tensors.typesOfJson()).flatMap(Tensors::of).filter(Tensors::isFinite);
    }

    @Property(tries = 500)
    void shouldGiveBackEveryTensorAsJson(@ForAll("readable") Tensor tensor) {
        JsonInferWriter.Body body = JsonInferWriter.response(PLAIN, reply(tensor));
        assertThat(body.jsonLength()).isEmpty();
        byte[] request = asRequest(body);
        assertThat(JsonInferReader.request(request, request.length).inputs()).containsExactly(tensor);
    }

    @Property(tries = 500)
    void shouldGiveBackEveryTensorAsBytesBehindTheJson(
            @ForAll("any") Tensor one, @ForAll("readable") Tensor two, @ForAll("any") Tensor three) {
        Tensor second = new Tensor("two", two.type(), two.shape(), two.bytes());
        Tensor first = new Tensor("one", one.type(), one.shape(), one.bytes());
        Tensor third = new Tensor("three", three.type(), three.shape(), three.bytes());
        InferRequest call = new InferRequest(
                "",
                List.of(),
                List.of(
                        new RequestedOutput("one", Optional.of(true), 0),
                        new RequestedOutput("two", Optional.of(false), 0),
                        new RequestedOutput("three", Optional.of(true), 0)),
                InferRequest.Options.DEFAULT);
        JsonInferWriter.Body body = JsonInferWriter.response(call, reply(first, second, third));
        byte[] request = asRequest(body);
        assertThat(body.length()).isEqualTo(request.length + "outputs".length() - "inputs".length());
        int length = body.jsonLength().orElseThrow() - 1;
        assertThat(JsonInferReader.request(request, length).inputs()).containsExactly(first, second, third);
    }

    @Property(tries = 300)
    void shouldGiveBackEveryTensorAsAMessage(@ForAll("any") Tensor one, @ForAll("any") Tensor two) {
        ModelInferResponse answer = GrpcInference.write(PLAIN, reply(one, two));
        assertThat(answer.getOutputsCount()).isEqualTo(2);
        assertThat(answer.getRawOutputContentsCount()).isEqualTo(2);
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().addAllRawInputContents(answer.getRawOutputContentsList());
        answer.getOutputsList()
                .forEach(output -> request.addInputsBuilder()
                        .setName(output.getName())
                        .setDatatype(output.getDatatype())
                        .addAllShape(output.getShapeList()));
        assertThat(GrpcInference.read(request.build()).inputs()).containsExactly(one, two);
    }

    @Test
    void shouldNameModelVersionIdAndOutputs() {
        JsonInferWriter.Body body =
                JsonInferWriter.response(PLAIN, reply(Tensor.of("y", new long[] {1, 2}, new float[] {1.5f, -2})));
        assertThat(text(body))
                .isEqualTo("{\"model_name\":\"m\",\"model_version\":\"3\",\"id\":\"7\",\"outputs\":"
                        + "[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[1.5,-2.0]}]}");
    }

    @Test
    void shouldLeaveOutAnIdThatWasNotGiven() {
        InferRequest call = new InferRequest("", List.of(), List.of(), InferRequest.Options.DEFAULT);
        assertThat(text(JsonInferWriter.response(call, reply()))).doesNotContain("\"id\"");
    }

    @Test
    void shouldWriteUnsignedNumbersAsSuch() {
        ByteBuffer ones = ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
        assertThat(data(DataType.UINT8, 8, ones)).isEqualTo("[255,255,255,255,255,255,255,255]");
        assertThat(data(DataType.UINT16, 4, ones)).isEqualTo("[65535,65535,65535,65535]");
        assertThat(data(DataType.UINT32, 2, ones)).isEqualTo("[4294967295,4294967295]");
        assertThat(data(DataType.UINT64, 1, ones)).isEqualTo("[18446744073709551615]");
        assertThat(data(DataType.INT64, 1, ones)).isEqualTo("[-1]");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldNotWriteWhatIsNoNumberAsJson(float value) {
        Tensor single = Tensor.of("y", new long[] {1}, new float[] {value});
        Tensor wide = new Tensor(
                "y",
                DataType.FP64,
                new long[] {1},
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, value));
        for (Tensor tensor : List.of(single, wide)) {
            assertThatThrownBy(() -> JsonInferWriter.response(PLAIN, reply(tensor)))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_FAILED))
                    .hasMessageContaining("binary_data");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP16", "BF16"})
    void shouldGiveHalvesAsBytesOnly(DataType type) {
        Tensor tensor = new Tensor("h", type, new long[] {1}, ByteBuffer.wrap(new byte[] {0, 60}));
        assertThatThrownBy(() -> JsonInferWriter.response(PLAIN, reply(tensor)))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENSOR_INVALID))
                .hasMessageContaining("binary_data");
        InferRequest binary =
                new InferRequest("", List.of(), List.of(), new InferRequest.Options(true, 0, Optional.empty()));
        assertThat(JsonInferWriter.response(binary, reply(tensor)).jsonLength()).isPresent();
    }

    private static String data(DataType type, long count, ByteBuffer bytes) {
        String text = text(JsonInferWriter.response(PLAIN, reply(new Tensor("y", type, new long[] {count}, bytes))));
        return text.substring(text.indexOf("\"data\":") + 7, text.lastIndexOf(']') - 1);
    }

    private static InferResponse reply(Tensor... outputs) {
        return new InferResponse("m", "3", List.of(outputs));
    }

    private static String text(JsonInferWriter.Body body) {
        return new String(whole(body), StandardCharsets.UTF_8);
    }

    private static byte[] whole(JsonInferWriter.Body body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        body.parts().forEach(part -> all.writeBytes(Tensors.bytes(part)));
        return all.toByteArray();
    }

    /** The answer with its list of outputs named as that of a request's inputs. */
    private static byte[] asRequest(JsonInferWriter.Body body) {
        String latin = new String(whole(body), StandardCharsets.ISO_8859_1);
        return latin.replaceFirst("\"outputs\":", "\"inputs\":").getBytes(StandardCharsets.ISO_8859_1);
    }
}
