package dev.fovea.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The datatypes of fixed size of the Open Inference Protocol (version 2, "Tensor Data Types") and {@code BF16}, with
 * made-up elements: real numbers are uniform between 0 and 1, as pixels often are; whole ones uniform from 0 to 127,
 * which every type holds.
 */
enum TensorType {
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
    FP64(8);

    private static final int WHOLE = 128;
    private static final int UPPER_HALF = 16;

    private final int width;

    TensorType(int width) {
        this.width = width;
    }

    /** Bytes per element. */
    int width() {
        return width;
    }

    /** Appends one element in the buffer's byte order. */
    void put(ByteBuffer to, SplittableRandom random) {
        switch (this) {
            case BOOL -> to.put((byte) random.nextInt(2));
            case UINT8, INT8 -> to.put((byte) random.nextInt(WHOLE));
            case UINT16, INT16 -> to.putShort((short) random.nextInt(WHOLE));
            case UINT32, INT32 -> to.putInt(random.nextInt(WHOLE));
            case UINT64, INT64 -> to.putLong(random.nextInt(WHOLE));
            case FP16 -> to.putShort(Float.floatToFloat16((float) random.nextDouble()));
            case BF16 -> to.putShort((short) (Float.floatToRawIntBits((float) random.nextDouble()) >>> UPPER_HALF));
            case FP32 -> to.putFloat((float) random.nextDouble());
            case FP64 -> to.putDouble(random.nextDouble());
        }
    }
}
