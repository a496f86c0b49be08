package dev.fovea.imaging;

import java.util.OptionalLong;

/** The first directory of a TIFF structure, as in TIFF files and in EXIF blocks (TIFF 6.0, section 2). */
final class Tiff {

    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS_PER_SAMPLE = 258;
    static final int ORIENTATION = 274;
    static final int SAMPLES_PER_PIXEL = 277;

    private static final int BIG = 43;
    private static final int SHORT = 3;
    private static final int MAX_ENTRIES = 4096;

    private final ByteReader reader;
    private final long origin;

    /** A structure that starts at {@code origin} of {@code bytes}. */
    Tiff(byte[] bytes, int origin) {
        this.reader = new ByteReader(bytes, bytes.length > origin && bytes[origin] == 'I');
        this.origin = origin;
    }

    /** The first value of a tag of the first directory. */
    OptionalLong value(int tag) {
        return reader.u16(origin + 2) == BIG ? bigValue(tag) : classicValue(tag);
    }

    /**
     * EXIF orientation 1 to 8; 1 when absent, senseless or unreadable: a broken tag never makes a picture unreadable.
     */
    int orientation() {
        try {
            long value = value(ORIENTATION).orElse(1);
            return value >= 1 && value <= 8 ? (int) value : 1;
        } catch (ByteReader.OutOfBytes e) {
            return 1;
        }
    }

    private OptionalLong classicValue(int tag) {
        long directory = origin + reader.u32(origin + 4);
        int entries = Math.min(reader.u16(directory), MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (reader.u16(entry) == tag) {
                boolean wide = reader.u32(entry + 4) * (reader.u16(entry + 2) == SHORT ? 2 : 4) > 4;
                long at = wide ? origin + reader.u32(entry + 8) : entry + 8;
                return OptionalLong.of(reader.u16(entry + 2) == SHORT ? reader.u16(at) : reader.u32(at));
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong bigValue(int tag) {
        long directory = origin + reader.u32(origin + 8);
        int entries = Math.min(reader.u16(directory), MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 8 + 20L * i;
            if (reader.u16(entry) == tag) {
                return OptionalLong.of(
                        reader.u16(entry + 2) == SHORT ? reader.u16(entry + 12) : reader.u32(entry + 12));
            }
        }
        return OptionalLong.empty();
    }
}
