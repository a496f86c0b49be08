package dev.fovea.imaging;

import java.nio.charset.StandardCharsets;

/**
 * Bounded reads from a picture file: positions outside the bytes read as {@link OutOfBytes}, never as an index error.
 * Positions are absolute.
 */
final class ByteReader {

    /** The header announces more than the file holds. */
    static final class OutOfBytes extends RuntimeException {
        OutOfBytes() {
            super("the file ends inside its header", null, false, false);
        }
    }

    private final byte[] bytes;
    private final boolean littleEndian;

    ByteReader(byte[] bytes, boolean littleEndian) {
        this.bytes = bytes;
        this.littleEndian = littleEndian;
    }

    int length() {
        return bytes.length;
    }

    int u8(long at) {
        if (at < 0 || at >= bytes.length) {
            throw new OutOfBytes();
        }
        return bytes[(int) at] & 0xff;
    }

    int u16(long at) {
        return littleEndian ? u8(at) | u8(at + 1) << 8 : u8(at) << 8 | u8(at + 1);
    }

    long u32(long at) {
        return littleEndian ? u16(at) | (long) u16(at + 2) << 16 : (long) u16(at) << 16 | u16(at + 2);
    }

    int u24(long at) {
        return littleEndian ? u16(at) | u8(at + 2) << 16 : u16(at) << 8 | u8(at + 2);
    }

    boolean matches(long at, String ascii) {
        if (at < 0 || at + ascii.length() > bytes.length) {
            return false;
        }
        return new String(bytes, (int) at, ascii.length(), StandardCharsets.ISO_8859_1).equals(ascii);
    }
}
