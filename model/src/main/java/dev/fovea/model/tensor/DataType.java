package dev.fovea.model.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Arrays;

/** The element types of tensors, by the names of the Open Inference Protocol. */
public enum DataType {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    BF16(2),
    FP32(4),
    FP64(8),
    /** Byte strings, each with its length in four bytes before it. */
    BYTES(0);

    private final int size;

    DataType(int size) {
        this.size = size;
    }

    @JsonValue
    String protocolName() {
        return name();
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

    /** By the protocol's name; {@code TENSOR_INVALID} names the ones there are. */
    @JsonCreator
    public static DataType named(String name) {
        for (DataType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new FoveaException(
                ErrorCode.TENSOR_INVALID,
                "The datatype \"%s\" is unknown; use one of %s.".formatted(name, Arrays.toString(values())));
    }
}
