package dev.fovea.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawInputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FP32 | 2,2 | 16 | 2,2",
                "FP32 | -1,2 | 24 | 3,2",
                "FP16 | 4,-1 | 8 | 4,1",
                "UINT8 | -1 | 5 | 5",
                "FP64 | | 8 |",
                "BOOL | 1,-1,1 | 7 | 1,7,1"
            })
    void shouldFindTheOneOpenAxisFromTheLength(String type, String shape, int bytes, String found) {
        InferRequest call = RawInput.read(new byte[bytes], List.of(input(type, shape)));
        assertThat(call.inputs()).hasSize(1);
        assertThat(call.inputs().getFirst().name()).isEqualTo("x");
        assertThat(call.inputs().getFirst().shape()).containsExactly(lengths(found));
        assertThat(call.outputs()).isEmpty();
        assertThat(call.options()).isEqualTo(InferRequest.Options.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"FP32 | -1,-1 | 16", "FP32 | -1,2 | 12", "FP32 | -1,2 | 0", "FP32 | -1,0 | 8", "FP64 | -1 | 7"})
    void shouldRefuseBytesThatGiveNoShape(String type, String shape, int bytes) {
        Refusal.of(() -> RawInput.read(new byte[bytes], List.of(input(type, shape))), "x " + type, "shape");
    }

    @Test
    void shouldTakeABodyAsOneByteString() {
        Tensor tensor = RawInput.read(new byte[] {1, 2, 3}, List.of(input("BYTES", "-1,1")))
                .inputs()
                .getFirst();
        assertThat(tensor.shape()).containsExactly(1, 1);
        assertThat(ByteStrings.unpack(tensor)).singleElement().isEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    void shouldRefuseARawBodyForSeveralInputs() {
        Refusal.of(() -> RawInput.read(new byte[4], List.of()), "one input");
        Refusal.of(() -> RawInput.read(new byte[4], List.of(input("FP32", "1"), input("INT8", "1"))), "one input");
    }

    @Test
    void shouldLeaveTheModelsOwnShapeAsItIs() {
        TensorMetadata input = input("FP32", "-1,2");
        RawInput.read(new byte[8], List.of(input));
        assertThat(input.shape()).containsExactly(-1, 2);
    }

    private static TensorMetadata input(String type, String shape) {
        return new TensorMetadata("x", DataType.valueOf(type), lengths(shape));
    }

    private static long[] lengths(String shape) {
        return shape == null
                ? new long[0]
                : Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
    }
}
