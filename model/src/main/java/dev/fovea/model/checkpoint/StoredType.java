package dev.fovea.model.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of numbers in a checkpoint, little endian, by their names in PyTorch and in safetensors. */
public enum StoredType {
    FLOAT64(8, "DoubleStorage", "F64"),
    FLOAT32(4, "FloatStorage", "F32"),
    FLOAT16(2, "HalfStorage", "F16"),
    BFLOAT16(2, "BFloat16Storage", "BF16"),
    INT64(8, "LongStorage", "I64"),
    INT32(4, "IntStorage", "I32"),
    INT16(2, "ShortStorage", "I16"),
    INT8(1, "CharStorage", "I8"),
    UINT8(1, "ByteStorage", "U8"),
    BOOL(1, "BoolStorage", "BOOL");

    private static final int BFLOAT16_SHIFT = 16;

    private final int bytes;
    private final String storage;
    private final String code;

    StoredType(int bytes, String storage, String code) {
        this.bytes = bytes;
        this.storage = storage;
        this.code = code;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** Whether the numbers are floating-point ones, as weights are. */
    public boolean isFloat() {
        return switch (this) {
            case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
            case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
        };
    }

    /** The next number as 32-bit floating point. */
    float next(ByteBuffer values) {
        return switch (this) {
            case FLOAT64 -> (float) values.getDouble();
            case FLOAT32 -> values.getFloat();
            case FLOAT16 -> Float.float16ToFloat(values.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(values.getShort() << BFLOAT16_SHIFT);
            case INT64 -> (float) values.getLong();
            case INT32 -> (float) values.getInt();
            case INT16 -> values.getShort();
            case INT8 -> values.get();
            case UINT8, BOOL -> values.get() & 0xff;
        };
    }

    /** The type of PyTorch's class of that name. */
    static Optional<StoredType> ofStorage(String name) {
        return Arrays.stream(values()).filter(type -> type.storage.equals(name)).findFirst();
    }

    /** The type of that name in a safetensors header. */
    static Optional<StoredType> ofCode(String name) {
        return Arrays.stream(values()).filter(type -> type.code.equals(name)).findFirst();
    }
}
