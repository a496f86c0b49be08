package dev.fovea.model.tensor;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Elements of {@link DataType#BYTES} tensors: each is its length in four bytes, little-endian, and then its bytes. */
public final class ByteStrings {

    private ByteStrings() {}

    /** All elements as one buffer. */
    public static ByteBuffer pack(List<byte[]> elements) {
        int size = elements.stream()
                .mapToInt(element -> Integer.BYTES + element.length)
                .reduce(0, Math::addExact);
        ByteBuffer packed = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elements.forEach(element -> packed.putInt(element.length).put(element));
        return packed.flip();
    }

    /** The elements of a tensor; {@code TENSOR_INVALID} when the lengths do not add up to its bytes and its shape. */
    public static List<byte[]> unpack(Tensor tensor) {
        ByteBuffer packed = tensor.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long expected = tensor.elements();
        List<byte[]> elements = new ArrayList<>();
        while (packed.hasRemaining()) {
            int length = packed.remaining() < Integer.BYTES ? -1 : packed.getInt();
            if (length < 0 || length > packed.remaining() || elements.size() == expected) {
                throw wrong(tensor, expected);
            }
            byte[] element = new byte[length];
            packed.get(element);
            elements.add(element);
        }
        if (elements.size() != expected) {
            throw wrong(tensor, expected);
        }
        return elements;
    }

    private static FoveaException wrong(Tensor tensor, long expected) {
        return new FoveaException(
                ErrorCode.TENSOR_INVALID,
                "The %d bytes of the tensor \"%s\" are not %d byte strings, each with its length in 4 bytes before it."
                        .formatted(tensor.bytes().remaining(), tensor.name(), expected));
    }
}
