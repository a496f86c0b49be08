package dev.fovea.protocol;

import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Tensors of every type and of many shapes, for the laws that hold for all of them. */
final class Tensors {

    private static final int LONGEST_AXIS = 4;
    private static final int MOST_AXES = 3;

    private Tensors() {}

    /** Any bits of a type, and so among floats also those that are no numbers. */
    static Arbitrary<Tensor> of(DataType type) {
        return shapes().flatMap(shape -> {
            int count = (int) Tensor.elements("any", shape);
            Arbitrary<ByteBuffer> bytes = type == DataType.BYTES
                    ? Arbitraries.strings()
                            .ofMaxLength(9)
                            .list()
                            .ofSize(count)
                            .map(texts -> ByteStrings.pack(texts.stream()
                                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                                    .toList()))
                    : Arbitraries.bytes()
                            .array(byte[].class)
                            .ofSize(count * type.size())
                            .map(array -> ByteBuffer.wrap(type == DataType.BOOL ? bits(array) : array));
            return Combinators.combine(names(), bytes).as((name, data) -> new Tensor(name, type, shape, data));
        });
    }

    private static byte[] bits(byte[] array) {
        byte[] bits = array.clone();
        for (int i = 0; i < bits.length; i++) {
            bits[i] &= 1;
        }
        return bits;
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(6);
    }

    private static Arbitrary<long[]> shapes() {
        return Arbitraries.longs()
                .between(0, LONGEST_AXIS)
                .array(long[].class)
                .ofMinSize(0)
                .ofMaxSize(MOST_AXES);
    }

    /** Whether JSON can carry it. */
    static boolean isFinite(Tensor tensor) {
        return switch (tensor.type()) {
            case FP32, FP64 -> {
                for (int i = 0;
                        i < tensor.bytes().remaining();
                        i += tensor.type().size()) {
                    double value = tensor.type() == DataType.FP32
                            ? tensor.bytes().getFloat(i)
                            : tensor.bytes().getDouble(i);
                    if (!Double.isFinite(value)) {
                        yield false;
                    }
                }
                yield true;
            }
            default -> true;
        };
    }

    static List<DataType> typesOfJson() {
        List<DataType> types = new ArrayList<>(Arrays.asList(DataType.values()));
        types.remove(DataType.FP16);
        types.remove(DataType.BF16);
        return types;
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
