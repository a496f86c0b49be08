package dev.fovea.imaging;

import dev.fovea.imaging.codec.ByteReader;
import java.io.ByteArrayOutputStream;

/**
 * Reduces an animated PNG to its default image, which need not be a frame of the animation (PNG third edition, section
 * 4.9).
 */
final class StillPng {

    private static final int SIGNATURE = 8;
    private static final int CHUNK_OVERHEAD = 12;

    private StillPng() {}

    /**
     * The same bytes if the PNG is not animated, else a copy without the animation chunks. {@code IMAGE_CORRUPT} when a
     * chunk's length exceeds the file: the native decoder would reserve that length, up to 2 GB.
     */
    static byte[] of(byte[] png) {
        ByteReader reader = new ByteReader(png, false);
        ByteArrayOutputStream still = new ByteArrayOutputStream(png.length);
        still.write(png, 0, SIGNATURE);
        boolean moves = false;
        long at = SIGNATURE;
        boolean ended = false;
        while (!ended && at + CHUNK_OVERHEAD <= png.length) {
            long length = CHUNK_OVERHEAD + reader.u32(at);
            if (at + length > png.length) {
                throw HeaderReader.corrupt("PNG file of %,d bytes is cut short".formatted(png.length));
            }
            ended = reader.matches(at + 4, "IEND");
            if (reader.matches(at + 4, "acTL") || reader.matches(at + 4, "fcTL") || reader.matches(at + 4, "fdAT")) {
                moves = true;
            } else {
                still.write(png, (int) at, (int) length);
            }
            at += length;
        }
        return moves ? still.toByteArray() : png;
    }
}
