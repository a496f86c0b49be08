package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The numbers inside ONNX tensors. An exporter may store them raw (little endian) or in a typed list; readers here take
 * both.
 */
public final class TensorValues {

    private TensorValues() {}

    /** Whether the tensor holds 32-bit floating-point numbers. */
    public static boolean isFloat(TensorProto tensor) {
        return tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE;
    }

    /** The values of a float tensor, last axis fastest; {@code MODEL_CORRUPT} if their count is not its shape's. */
    public static float[] floats(TensorProto tensor) {
        float[] values = new float[count(tensor)];
        if (tensor.hasRawData()) {
            requireLength(tensor, tensor.getRawData().size(), 4L * values.length);
            littleEndian(tensor).asFloatBuffer().get(values);
            return values;
        }
        requireLength(tensor, tensor.getFloatDataCount(), values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.getFloatData(i);
        }
        return values;
    }

    /** The values of an int64 or int32 tensor; {@code MODEL_CORRUPT} for another type or length. */
    public static long[] longs(TensorProto tensor) {
        long[] values = new long[count(tensor)];
        boolean wide = tensor.getDataType() == TensorProto.DataType.INT64_VALUE;
        if (!wide && tensor.getDataType() != TensorProto.DataType.INT32_VALUE) {
            throw corrupt(tensor, "is not of an integer type");
        }
        if (tensor.hasRawData()) {
            requireLength(tensor, tensor.getRawData().size(), (wide ? 8L : 4L) * values.length);
            ByteBuffer raw = littleEndian(tensor);
            for (int i = 0; i < values.length; i++) {
                values[i] = wide ? raw.getLong() : raw.getInt();
            }
            return values;
        }
        requireLength(tensor, wide ? tensor.getInt64DataCount() : tensor.getInt32DataCount(), values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = wide ? tensor.getInt64Data(i) : tensor.getInt32Data(i);
        }
        return values;
    }

    /** The axes' lengths; empty for a scalar. */
    public static long[] shape(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }

    /** A float tensor; {@code shape} is empty for a scalar. */
    public static TensorProto of(String name, List<Long> shape, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .addAllDims(shape)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }

    /** An int64 tensor of one axis. */
    public static TensorProto of(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .addDims(values.length)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }

    private static int count(TensorProto tensor) {
        long count = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
        if (count < 0 || count > Integer.MAX_VALUE / 8) {
            throw corrupt(tensor, "announces %d values".formatted(count));
        }
        return (int) count;
    }

    private static ByteBuffer littleEndian(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireLength(TensorProto tensor, long actual, long expected) {
        if (actual != expected) {
            throw corrupt(tensor, "has %d values where its shape requires %d".formatted(actual, expected));
        }
    }

    private static FoveaException corrupt(TensorProto tensor, String what) {
        return new FoveaException(
                ErrorCode.MODEL_CORRUPT,
                "The tensor %s %s. Export the model again, with its weights inside the file."
                        .formatted(tensor.getName(), what));
    }
}
