package dev.fovea.model.checkpoint;

import dev.fovea.model.checkpoint.PickledValue.PickledText;
import dev.fovea.model.checkpoint.PickledValue.PickledWhole;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The arguments of a pickle's instructions, in the order of its bytes; none goes beyond their end. */
final class PickleInput {

    private static final int MAX_WHOLE_BYTES = 16;

    private final ByteBuffer bytes;
    private final CheckpointFault fault;

    /** @param bytes from their position on, which moves */
    PickleInput(ByteBuffer bytes, CheckpointFault fault) {
        this.bytes = bytes;
        this.fault = fault;
    }

    int unsigned() {
        if (!bytes.hasRemaining()) {
            throw cut();
        }
        return bytes.get() & 0xff;
    }

    /** The next bytes, little endian. */
    ByteBuffer take(int count) {
        if (count > bytes.remaining()) {
            throw cut();
        }
        ByteBuffer taken = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + count);
        return taken;
    }

    /** A length of so many bytes, no more than there are. */
    int length(int width) {
        ByteBuffer field = take(width);
        long length = switch (width) {
            case 1 -> field.get() & 0xff;
            case 4 -> Integer.toUnsignedLong(field.getInt());
            default -> field.getLong();
        };
        if (length < 0 || length > bytes.limit()) {
            throw cut();
        }
        return (int) length;
    }

    /** A number of 64 bits, the highest byte first. */
    double real() {
        return take(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble();
    }

    /** A whole number of so many bytes, the lowest first. */
    PickledWhole whole(int length) {
        if (length > MAX_WHOLE_BYTES) {
            throw fault.corrupt("has a whole number of %d bytes".formatted(length));
        }
        ByteBuffer little = take(length);
        byte[] big = new byte[length];
        for (int i = 0; i < length; i++) {
            big[i] = little.get(length - 1 - i);
        }
        return new PickledWhole(length == 0 ? BigInteger.ZERO : new BigInteger(big));
    }

    PickledText text(int length) {
        return new PickledText(StandardCharsets.UTF_8.decode(take(length)).toString());
    }

    /** Up to the end of the line. */
    String line() {
        int start = bytes.position();
        while (unsigned() != '\n') {
            // further
        }
        return StandardCharsets.UTF_8
                .decode(bytes.slice(start, bytes.position() - 1 - start))
                .toString();
    }

    private RuntimeException cut() {
        return fault.corrupt("has a pickle that was cut short");
    }
}
