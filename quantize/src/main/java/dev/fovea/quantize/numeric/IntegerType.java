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
    private final int least;
    private final int most;

    IntegerType(TensorProto.DataType onnx, int least, int most) {
        this.onnx = onnx;
        this.least = least;
        this.most = most;
    }

    public TensorProto.DataType onnx() {
        return onnx;
    }

    int least() {
        return least;
    }

    public int most() {
        return most;
    }
}
