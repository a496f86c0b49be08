package dev.fovea.runtime.session;

import ai.onnxruntime.OnnxJavaType;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Locale;

/** The element types of tensors, by the names of the Open Inference Protocol. */
public enum DataType {
    BOOL(1, OnnxJavaType.BOOL),
    UINT8(1, OnnxJavaType.UINT8),
    UINT16(2, OnnxJavaType.UNKNOWN),
    UINT32(4, OnnxJavaType.UNKNOWN),
    UINT64(8, OnnxJavaType.UNKNOWN),
    INT8(1, OnnxJavaType.INT8),
    INT16(2, OnnxJavaType.INT16),
    INT32(4, OnnxJavaType.INT32),
    INT64(8, OnnxJavaType.INT64),
    FP16(2, OnnxJavaType.FLOAT16),
    BF16(2, OnnxJavaType.BFLOAT16),
    FP32(4, OnnxJavaType.FLOAT),
    FP64(8, OnnxJavaType.DOUBLE),
    /** Byte strings, each with its length in four bytes before it. */
    BYTES(0, OnnxJavaType.STRING);

    private final int size;
    private final OnnxJavaType onnx;

    DataType(int size, OnnxJavaType onnx) {
        this.size = size;
        this.onnx = onnx;
    }

    /** Bytes of one element; 0 for {@link #BYTES}, whose elements differ. */
    public int size() {
        return size;
    }

    /** Whether the elements are real numbers, not integers, truth values or byte strings. */
    public boolean isReal() {
        return switch (this) {
            case FP16, BF16, FP32, FP64 -> true;
            case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES -> false;
        };
    }

    OnnxJavaType onnx() {
        return onnx;
    }

    /** By the protocol's name; {@code TENSOR_INVALID} names the ones there are. */
    public static DataType named(String name) {
        for (DataType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new FoveaException(
                ErrorCode.TENSOR_INVALID,
                "The datatype \"%s\" is unknown; use one of %s."
                        .formatted(name, java.util.Arrays.toString(values()).toUpperCase(Locale.ROOT)));
    }

    /** As ONNX Runtime names it; {@code MODEL_SIGNATURE_UNSUPPORTED} for types that it does not pass to Java. */
    static DataType of(OnnxJavaType onnx) {
        for (DataType type : values()) {
            if (type.onnx == onnx && onnx != OnnxJavaType.UNKNOWN) {
                return type;
            }
        }
        throw new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "The model has a tensor of type %s, which cannot be served. Cast it inside the graph.".formatted(onnx));
    }
}
