package dev.fovea.training.operator;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stored tensors of types that only stand beside weights: doubles and truth values. */
final class TypedTensor {

    private TypedTensor() {}

    /** The values of a tensor of doubles as floats. */
    static float[] doubles(TensorProto tensor) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[tensor.hasRawData() ? raw.remaining() / Double.BYTES : tensor.getDoubleDataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (tensor.hasRawData() ? raw.getDouble() : tensor.getDoubleData(i));
        }
        return values;
    }

    /** The values of a tensor of truth values. */
    static boolean[] truths(TensorProto tensor) {
        boolean[] values = new boolean[tensor.hasRawData() ? tensor.getRawData().size() : tensor.getInt32DataCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (tensor.hasRawData() ? tensor.getRawData().byteAt(i) : tensor.getInt32Data(i)) != 0;
        }
        return values;
    }
}
