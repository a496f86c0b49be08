package dev.fovea.imaging.codec;

import java.util.Optional;

/**
 * Header of a Windows or OS/2 bitmap. Supported header sizes are 12 (OS/2 1), 16 to 64 (OS/2 2), 40 (Windows 3), 52,
 * 56, 108 and 124 bytes (with masks, versions 2 to 5).
 *
 * @param width in pixels
 * @param height in pixels
 * @param topDown whether the first row in the file is the topmost
 * @param bits per pixel: 1, 2, 4, 8, 16, 24 or 32
 * @param compression 0 none, 1 and 2 run lengths of 8 and 4 bits, 3 masks
 * @param palette location of the palette
 * @param pixelsAt the first byte of the pixels
 */
public record BmpHeader(
        int width, int height, boolean topDown, int bits, int compression, Palette palette, int pixelsAt) {

    static final int RUNS_8 = 1;
    static final int RUNS_4 = 2;
    static final int MASKS = 3;
    static final int HEADER_AT = 14;
    private static final int CORE = 12;
    private static final int MASKS_AT = HEADER_AT + 40;
    private static final int WITH_MASKS = 52;
    private static final int ALPHA_MASKS = 6;

    /**
     * Colours of 3 or 4 bytes, blue first.
     *
     * @param at offset of the first
     * @param entry bytes of each
     * @param colors their count
     */
    record Palette(int at, int entry, int colors) {}

    /** Reads a file that begins with {@code BM}. */
    public static BmpHeader read(byte[] file) {
        ByteReader in = new ByteReader(file, true);
        long size = in.u32(HEADER_AT);
        boolean core = size == CORE;
        if (size < CORE || size > 124) {
            throw ImageRefusal.damaged("BMP with a header of %d bytes".formatted(size));
        }
        int width = core ? in.u16(18) : (int) in.u32(18);
        int height = core ? (short) in.u16(20) : (int) in.u32(22);
        int bits = in.u16(core ? 24 : 28);
        int compression = core || size < 20 ? 0 : (int) in.u32(30);
        if (width <= 0 || height == 0 || height == Integer.MIN_VALUE) {
            throw ImageRefusal.damaged("BMP header states a size of %d×%d pixels".formatted(width, height));
        }
        int colors = core || size < 36 ? 0 : (int) Math.min(in.u32(46), 1 << 16);
        int masks =
                size == 40 && (compression == MASKS || compression == ALPHA_MASKS) ? compression == MASKS ? 12 : 16 : 0;
        int paletteAt = (int) (HEADER_AT + size + masks);
        int entry = core ? 3 : 4;
        int max = bits <= 8 ? 1 << bits : 0;
        Palette palette = new Palette(paletteAt, entry, colors == 0 ? max : colors);
        long stated = in.u32(10);
        boolean sane = stated >= HEADER_AT + size && stated < file.length;
        int pixelsAt = sane ? (int) stated : paletteAt + (bits <= 8 ? palette.colors() * entry : 0);
        return new BmpHeader(width, Math.abs(height), height < 0, bits, compression, palette, pixelsAt).checked();
    }

    private BmpHeader checked() {
        boolean depth = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
        boolean read = switch (compression) {
            case 0 -> depth;
            case RUNS_8 -> bits == 8;
            case RUNS_4 -> bits == 4;
            case MASKS -> bits == 16 || bits == 24 || bits == 32;
            case ALPHA_MASKS -> bits == 16 || bits == 32;
            default -> false;
        };
        if (!read) {
            throw ImageRefusal.unsupported(
                    "its BMP has %d bits per pixel and compression %d%s"
                            .formatted(bits, compression, compressionName()),
                    "Save it anew as PNG.");
        }
        return this;
    }

    private String compressionName() {
        return switch (compression) {
            case MASKS -> " (masks, or OS/2's Huffman)";
            case 4 -> " (JPEG, or OS/2's run lengths of 24 bits)";
            case 5 -> " (PNG)";
            default -> "";
        };
    }

    /** The masks of red, green, blue and alpha, where they are stated. */
    Optional<int[]> masks(byte[] file) {
        if (compression != MASKS && compression != ALPHA_MASKS) {
            return Optional.empty();
        }
        ByteReader in = new ByteReader(file, true);
        long size = in.u32(HEADER_AT);
        boolean alpha = size > WITH_MASKS || compression == ALPHA_MASKS;
        return Optional.of(new int[] {
            (int) in.u32(MASKS_AT),
            (int) in.u32(MASKS_AT + 4),
            (int) in.u32(MASKS_AT + 8),
            alpha ? (int) in.u32(MASKS_AT + 12) : 0
        });
    }

    /** Bytes of a row, which is filled up to four. */
    long rowBytes() {
        return ((long) width * bits + 31) / 32 * 4;
    }
}
