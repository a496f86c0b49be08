package dev.fovea.runtime.session;

import ai.onnxruntime.OnnxJavaType;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;

/** Element types as ONNX Runtime names them. */
final class OnnxTypes {

    private OnnxTypes() {}

    /** ONNX Runtime's type; {@code UNKNOWN} for types that it does not pass to Java. */
    static OnnxJavaType of(DataType type) {
        return switch (type) {
            case BOOL -> OnnxJavaType.BOOL;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case FP16 -> OnnxJavaType.FLOAT16;
            case BF16 -> OnnxJavaType.BFLOAT16;
            case FP32 -> OnnxJavaType.FLOAT;
            case FP64 -> OnnxJavaType.DOUBLE;
            case BYTES -> OnnxJavaType.STRING;
            case UINT16, UINT32, UINT64 -> OnnxJavaType.UNKNOWN;
        };
    }

    /** Our type; {@code MODEL_SIGNATURE_UNSUPPORTED} for types that are not passed to Java. */
    static DataType of(OnnxJavaType onnx) {
        for (DataType type : DataType.values()) {
            if (of(type) == onnx && onnx != OnnxJavaType.UNKNOWN) {
                return type;
            }
        }
        throw new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "The model has a tensor of type %s, which cannot be served. Cast it inside the graph.".formatted(onnx));
    }
}
