package dev.fovea.model.tensor;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A named tensor in memory.
 *
 * @param name as in the graph
 * @param type of the elements
 * @param shape lengths of the axes; empty for a scalar
 * @param bytes the elements, little-endian, last axis fastest, from position to limit; on the heap or direct, read by
 *     all threads and is immutable
 */
public record Tensor(String name, DataType type, long[] shape, ByteBuffer bytes) {

    public Tensor {
        bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same in memory of its own, on the heap. */
    public Tensor copy() {
        ByteBuffer own = ByteBuffer.allocate(bytes.remaining());
        own.put(bytes.duplicate()).flip();
        return new Tensor(name, type, shape, own);
    }

    /** A tensor of 32-bit floats. */
    public static Tensor of(String name, long[] shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, DataType.FP32, shape, bytes);
    }

    /** Number of elements that the shape announces; {@code TENSOR_INVALID} for a negative or absurd one. */
    public long elements() {
        return elements(name, shape);
    }

    /** Product of a shape's lengths; {@code TENSOR_INVALID} names the tensor. */
    public static long elements(String name, long[] shape) {
        long elements = 1;
        for (long length : shape) {
            if (length < 0 || (length > 0 && elements > Integer.MAX_VALUE / length)) {
                throw new FoveaException(
                        ErrorCode.TENSOR_INVALID,
                        "The tensor \"%s\" has the shape %s, which cannot be served."
                                .formatted(name, Arrays.toString(shape)));
            }
            elements *= length;
        }
        return elements;
    }

    /** The elements of a numeric tensor as floats, rounded where the type is wider. */
    public float[] floats() {
        ByteBuffer from = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[type.size() == 0 ? 0 : from.remaining() / type.size()];
        if (type == DataType.FP32) {
            from.asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = next(from);
        }
        return values;
    }

    /** The elements of a tensor of real numbers as doubles, all bits kept. */
    public double[] doubles() {
        if (type == DataType.FP64) {
            double[] values = new double[bytes.remaining() / Double.BYTES];
            bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
            return values;
        }
        float[] floats = floats();
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    private float next(ByteBuffer from) {
        return switch (type) {
            case BOOL, INT8 -> from.get();
            case UINT8 -> Byte.toUnsignedInt(from.get());
            case UINT16 -> Short.toUnsignedInt(from.getShort());
            case INT16 -> from.getShort();
            case UINT32 -> Integer.toUnsignedLong(from.getInt());
            case INT32 -> from.getInt();
            case UINT64, INT64 -> from.getLong();
            case FP16 -> Float.float16ToFloat(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << Short.SIZE);
            case FP32 -> from.getFloat();
            case FP64 -> (float) from.getDouble();
            case BYTES -> throw new IllegalStateException("byte strings are no numbers");
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(shape), bytes);
    }

    @Override
    public String toString() {
        return name + " " + type + Arrays.toString(shape);
    }
}
