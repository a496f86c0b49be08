package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.wire.InferParameter;
import dev.fovea.wire.InferTensorContents;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelInferResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcInferenceTest {

    static Stream<Arguments> typed() {
        return Stream.of(
                Arguments.of("BOOL", contents().addBoolContents(true).addBoolContents(false), bytes(1, 0)),
                Arguments.of("INT8", contents().addIntContents(-128).addIntContents(127), bytes(-128, 127)),
                Arguments.of("INT16", contents().addIntContents(-2).addIntContents(258), bytes(-2, -1, 2, 1)),
                Arguments.of(
                        "INT32", contents().addIntContents(-2).addIntContents(1), bytes(-2, -1, -1, -1, 1, 0, 0, 0)),
                Arguments.of("INT64", contents().addInt64Contents(-2), bytes(-2, -1, -1, -1, -1, -1, -1, -1)),
                Arguments.of("UINT8", contents().addUintContents(255), bytes(-1)),
                Arguments.of("UINT16", contents().addUintContents(65534), bytes(-2, -1)),
                Arguments.of("UINT32", contents().addUintContents(-2), bytes(-2, -1, -1, -1)),
                Arguments.of("UINT64", contents().addUint64Contents(-2), bytes(-2, -1, -1, -1, -1, -1, -1, -1)),
                Arguments.of("FP32", contents().addFp32Contents(1.5f), bytes(0, 0, -64, 63)),
                Arguments.of("FP64", contents().addFp64Contents(1.5), bytes(0, 0, 0, 0, 0, 0, -8, 63)),
                Arguments.of(
                        "BYTES",
                        contents().addBytesContents(ByteString.copyFromUtf8("ab")),
                        bytes(2, 0, 0, 0, 'a', 'b')));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void shouldReadTypedContentsAsLittleEndianBytes(String type, InferTensorContents.Builder contents, byte[] bytes) {
        Tensor tensor = GrpcInference.read(ModelInferRequest.newBuilder()
                        .addInputs(input("x", type).setContents(contents))
                        .build())
                .inputs()
                .getFirst();
        assertThat(tensor.type()).isEqualTo(DataType.valueOf(type));
        assertThat(Tensors.bytes(tensor.bytes())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"INT8, 128", "INT8, -129", "INT16, 32768", "INT16, -32769"})
    void shouldRefuseNumbersThatTheTypeCannotHold(String type, int value) {
        Refusal.of(
                () -> read(input("x", type).setContents(contents().addIntContents(value))),
                "\"x\"",
                Integer.toString(value),
                type);
    }

    @ParameterizedTest
    @CsvSource({"UINT8, 256", "UINT16, 65536", "UINT8, 4294967295"})
    void shouldRefuseUnsignedNumbersThatTheTypeCannotHold(String type, String value) {
        Refusal.of(
                () -> read(input("x", type).setContents(contents().addUintContents(Integer.parseUnsignedInt(value)))),
                "\"x\"",
                value,
                type);
    }

    @ParameterizedTest
    @EnumSource(names = {"FP16", "BF16"})
    void shouldTakeHalvesRawOnly(DataType type) {
        Refusal.of(() -> read(input("x", type.name()).setContents(contents())), type.name(), "raw_input_contents");
        ModelInferRequest raw = ModelInferRequest.newBuilder()
                .addInputs(input("x", type.name()))
                .addRawInputContents(ByteString.copyFrom(bytes(0, 60)))
                .build();
        assertThat(GrpcInference.read(raw).inputs().getFirst().floats()).hasSize(1);
    }

    @Test
    void shouldNotMixRawAndTyped() {
        ModelInferRequest.InferInputTensor.Builder typed =
                input("x", "FP32").setContents(contents().addFp32Contents(1));
        ByteString raw = ByteString.copyFrom(new byte[4]);
        Refusal.of(
                () -> GrpcInference.read(ModelInferRequest.newBuilder()
                        .addInputs(typed)
                        .addRawInputContents(raw)
                        .build()),
                "\"x\"");
        Refusal.of(
                () -> GrpcInference.read(ModelInferRequest.newBuilder()
                        .addInputs(input("a", "FP32"))
                        .addInputs(typed)
                        .addRawInputContents(raw)
                        .build()),
                "2 inputs",
                "1 raw");
        Refusal.of(
                () -> GrpcInference.read(
                        ModelInferRequest.newBuilder().addRawInputContents(raw).build()),
                "0 inputs",
                "1 raw");
    }

    @Test
    void shouldTakeRawContentsBesideEmptyTypedOnes() {
        InferRequest call = GrpcInference.read(ModelInferRequest.newBuilder()
                .setId("9")
                .addInputs(input("x", "FP32").setContents(contents()))
                .addRawInputContents(ByteString.copyFrom(new byte[4]))
                .build());
        assertThat(call.id()).isEqualTo("9");
        assertThat(call.inputs()).containsExactly(Tensor.of("x", new long[] {1}, new float[] {0}));
        assertThat(call.outputs()).isEmpty();
    }

    @Test
    void shouldRefuseAnUnknownDatatype() {
        Refusal.of(() -> read(input("x", "float32")), "float32", "FP32");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "7, 7", "9223372036854775807, 9223372036854775807", "-1, 9223372036854775807"})
    void shouldReadSignedAndUnsignedPriorities(long level, long priority) {
        InferParameter unsigned =
                InferParameter.newBuilder().setUint64Param(level).build();
        assertThat(options("priority", unsigned).priority()).isEqualTo(priority);
        if (level >= 0) {
            InferParameter signed =
                    InferParameter.newBuilder().setInt64Param(level).build();
            assertThat(options("priority", signed).priority()).isEqualTo(priority);
        }
    }

    @Test
    void shouldTakeTimeoutsInMicroseconds() {
        assertThat(options("timeout", signed(2_500)).timeout()).isEqualTo(Optional.of(Duration.ofNanos(2_500_000)));
        assertThat(options("timeout", signed(0)).timeout()).isEmpty();
        assertThat(options("timeout", signed(Long.MAX_VALUE)).timeout().orElseThrow())
                .isGreaterThan(Duration.ofDays(100));
        Refusal.of(() -> options("timeout", signed(-1)), "timeout", "-1");
    }

    @Test
    void shouldPassOverParametersThatItDoesNotKnowOrThatAreEmpty() {
        assertThat(options("sequence_id", signed(-7)))
                .isEqualTo(options("timeout", InferParameter.getDefaultInstance()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void shouldRefuseAPriorityThatIsNoWholeNumber(double level) {
        InferParameter parameter =
                InferParameter.newBuilder().setDoubleParam(level).build();
        Refusal.of(() -> options("priority", parameter), "priority");
    }

    @Test
    void shouldRefuseSharedMemoryWhereverItIsNamed() {
        InferParameter region =
                InferParameter.newBuilder().setStringParam("region").build();
        Refusal.of(() -> options("shared_memory_region", region), "shared memory");
        Refusal.of(() -> read(input("x", "FP32").putParameters("shared_memory_region", region)), "shared memory");
        Refusal.of(
                () -> GrpcInference.read(ModelInferRequest.newBuilder()
                        .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                                .putParameters("shared_memory_region", region))
                        .build()),
                "shared memory");
    }

    @Test
    void shouldReadWhichOutputsAreWanted() {
        InferRequest call = GrpcInference.read(ModelInferRequest.newBuilder()
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                        .setName("a"))
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder()
                        .setName("b")
                        .putParameters("classification", signed(Long.MAX_VALUE)))
                .build());
        assertThat(call.outputs())
                .containsExactly(
                        new RequestedOutput("a", Optional.empty(), 0),
                        new RequestedOutput("b", Optional.empty(), Integer.MAX_VALUE));
    }

    @Test
    void shouldAnswerRawInTheOrderOfTheOutputs() {
        Tensor direct = new Tensor(
                "d",
                DataType.UINT8,
                new long[] {2},
                ByteBuffer.allocateDirect(2).put(0, new byte[] {7, 8}));
        Tensor words = new Tensor("w", DataType.BYTES, new long[] {1}, ByteStrings.pack(List.of(new byte[] {9})));
        InferRequest call = new InferRequest("id", List.of(), List.of(), InferRequest.Options.DEFAULT);
        ModelInferResponse answer = GrpcInference.write(call, new InferResponse("m", "2", List.of(direct, words)));
        assertThat(answer.getModelName()).isEqualTo("m");
        assertThat(answer.getModelVersion()).isEqualTo("2");
        assertThat(answer.getId()).isEqualTo("id");
        assertThat(answer.getOutputsList())
                .extracting(output -> output.getName() + output.getDatatype() + output.getShapeList())
                .containsExactly("dUINT8[2]", "wBYTES[1]");
        assertThat(answer.getOutputsList()).noneMatch(ModelInferResponse.InferOutputTensor::hasContents);
        assertThat(answer.getRawOutputContentsList())
                .containsExactly(ByteString.copyFrom(bytes(7, 8)), ByteString.copyFrom(bytes(1, 0, 0, 0, 9)));
        assertThat(direct.bytes().remaining()).isEqualTo(2);
    }

    private static InferRequest.Options options(String name, InferParameter value) {
        return GrpcInference.read(ModelInferRequest.newBuilder()
                        .putParameters(name, value)
                        .build())
                .options();
    }

    private static InferParameter signed(long value) {
        return InferParameter.newBuilder().setInt64Param(value).build();
    }

    private static InferRequest read(ModelInferRequest.InferInputTensor.Builder input) {
        return GrpcInference.read(
                ModelInferRequest.newBuilder().addInputs(input).build());
    }

    private static ModelInferRequest.InferInputTensor.Builder input(String name, String type) {
        return ModelInferRequest.InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(type)
                .addShape(1);
    }

    private static InferTensorContents.Builder contents() {
        return InferTensorContents.newBuilder();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
