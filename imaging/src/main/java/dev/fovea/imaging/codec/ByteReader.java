package dev.fovea.imaging.codec;

import java.nio.charset.StandardCharsets;

/**
 * Bounded reads from an image file: positions outside the bytes read as {@link OutOfBytes}, never as an index error.
 * Positions are absolute.
 */
public final class ByteReader {

    /** The header announces more bytes than the file contains. */
    public static final class OutOfBytes extends RuntimeException {
        OutOfBytes() {
            super("the file ends inside its header", null, false, false);
        }
    }

    private final byte[] bytes;
    private final boolean littleEndian;

    /** Reads {@code bytes} in that byte order. */
    public ByteReader(byte[] bytes, boolean littleEndian) {
        this.bytes = bytes;
        this.littleEndian = littleEndian;
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** An unsigned byte. */
    public int u8(long at) {
        if (at < 0 || at >= bytes.length) {
            throw new OutOfBytes();
        }
        return bytes[(int) at] & 0xff;
    }

    /** An unsigned 16-bit number. */
    public int u16(long at) {
        return littleEndian ? u8(at) | u8(at + 1) << 8 : u8(at) << 8 | u8(at + 1);
    }

    /** An unsigned 32-bit number. */
    public long u32(long at) {
        return littleEndian ? u16(at) | (long) u16(at + 2) << 16 : (long) u16(at) << 16 | u16(at + 2);
    }

    /** An unsigned 24-bit number. */
    public int u24(long at) {
        return littleEndian ? u16(at) | u8(at + 2) << 16 : u16(at) << 8 | u8(at + 2);
    }

    /** An unsigned 64-bit number; one above 2^63 reads as {@link OutOfBytes}, since no file is that long. */
    public long u64(long at) {
        long high = u32(littleEndian ? at + 4 : at);
        long low = u32(littleEndian ? at : at + 4);
        if (high > Integer.MAX_VALUE) {
            throw new OutOfBytes();
        }
        return high << 32 | low;
    }

    /** Whether these characters (one byte each) stand at that position; false where the file ends before. */
    public boolean matches(long at, String ascii) {
        if (at < 0 || at + ascii.length() > bytes.length) {
            return false;
        }
        return new String(bytes, (int) at, ascii.length(), StandardCharsets.ISO_8859_1).equals(ascii);
    }
}
