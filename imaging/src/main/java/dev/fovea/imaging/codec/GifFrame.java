package dev.fovea.imaging.codec;

/**
 * The first frame of a GIF (GIF89a specification) and the canvas that it lies on. A frame that reaches beyond the
 * screen makes the canvas larger, as Pillow does.
 *
 * @param canvasWidth in pixels
 * @param canvasHeight in pixels
 * @param x the frame's left column
 * @param y the frame's upper row
 * @param width the frame's width
 * @param height the frame's height
 * @param look how its indices are shown
 * @param codesAt the byte that states the size of the first code
 */
public record GifFrame(int canvasWidth, int canvasHeight, int x, int y, int width, int height, Look look, int codesAt) {

    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int GRAPHIC_CONTROL = 0xf9;

    /**
     * How indices become pixels.
     *
     * @param paletteAt the first byte of red, green, blue triples, or −1 where indices are greys
     * @param colors in the palette
     * @param transparent the index that is not seen, or −1
     * @param interlaced whether rows are stored every eighth first
     */
    record Look(int paletteAt, int colors, int transparent, boolean interlaced) {}

    /** Reads up to the first frame; {@link ByteReader.OutOfBytes} where the file ends before. */
    public static GifFrame read(byte[] file) {
        ByteReader in = new ByteReader(file, true);
        int flags = in.u8(10);
        boolean global = (flags & 0x80) != 0;
        int globalColors = global ? 2 << (flags & 7) : 0;
        int at = 13 + 3 * globalColors;
        int transparent = -1;
        while (in.u8(at) != IMAGE) {
            if (in.u8(at) != EXTENSION) {
                // anything between blocks is passed over
                at++;
                continue;
            }
            if (in.u8(at + 1L) == GRAPHIC_CONTROL && in.u8(at + 2L) >= 4 && (in.u8(at + 3L) & 1) != 0) {
                transparent = in.u8(at + 6L);
            }
            at = afterBlocks(in, at + 2);
        }
        return frame(in, at + 1, new Look(global ? 13 : -1, globalColors, transparent, false));
    }

    private static GifFrame frame(ByteReader in, int at, Look global) {
        int x = in.u16(at);
        int y = in.u16(at + 2L);
        int width = in.u16(at + 4L);
        int height = in.u16(at + 6L);
        if (width == 0 || height == 0) {
            throw ImageRefusal.damaged("GIF whose first frame has %d×%d pixels".formatted(width, height));
        }
        int flags = in.u8(at + 8L);
        boolean local = (flags & 0x80) != 0;
        int colors = local ? 2 << (flags & 7) : global.colors();
        Look look = new Look(local ? at + 9 : global.paletteAt(), colors, global.transparent(), (flags & 0x40) != 0);
        return new GifFrame(
                Math.max(in.u16(6), x + width),
                Math.max(in.u16(8), y + height),
                x,
                y,
                width,
                height,
                look,
                at + 9 + (local ? 3 * colors : 0));
    }

    /** The position after data blocks, which end with an empty one. */
    private static int afterBlocks(ByteReader in, int at) {
        int next = at;
        while (in.u8(next) != 0) {
            next += 1 + in.u8(next);
        }
        return next + 1;
    }
}
