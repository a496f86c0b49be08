package dev.fovea.quantize.numeric;

import ai.onnx.proto.OnnxMl.TensorProto;

/** The eight-bit integers of quantized tensors. */
public enum IntegerType {
    /** 0 to 255. */
    U8(TensorProto.DataType.UINT8, 0, 255),
    /** −128 to 127. */
    S8(TensorProto.DataType.INT8, -128, 127),
    /** −64 to 64 in signed bytes, for processors whose 16-bit sums would overflow (AVX2 without VNNI). */
    S7(TensorProto.DataType.INT8, -64, 64);

    private final TensorProto.DataType onnx;
    private final int min;
    private final int max;

    IntegerType(TensorProto.DataType onnx, int min, int max) {
        this.onnx = onnx;
        this.min = min;
        this.max = max;
    }

    public TensorProto.DataType onnx() {
        return onnx;
    }

    int min() {
        return min;
    }

    public int max() {
        return max;
    }
}
