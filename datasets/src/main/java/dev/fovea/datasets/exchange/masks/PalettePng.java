package dev.fovea.datasets.exchange.masks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files whose pixels are numbers of a palette. Source: PNG third edition. Pure. */
final class PalettePng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int COLOURS = 256;

    private PalettePng() {}

    /**
     * A file of 8 bits.
     *
     * @param rows a number per pixel, row by row
     * @param palette red, green, blue of each number
     */
    static byte[] write(byte[] rows, int width, int height, byte[] palette) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) 3)
                        .array());
        chunk(out, "PLTE", palette);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
            for (int y = 0; y < height; y++) {
                deflater.write(0);
                deflater.write(rows, y * width, width);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        chunk(out, "IDAT", pixels.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** The palette of a file: red, green, blue of each number; empty where it has none. */
    static Optional<byte[]> palette(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        int at = SIGNATURE.length;
        while (at + 12 <= png.length && at >= 0) {
            int length = bytes.getInt(at);
            String type = new String(png, at + 4, 4, StandardCharsets.US_ASCII);
            if (type.equals("PLTE") && length >= 0 && length <= 3 * COLOURS && at + 8 + length <= png.length) {
                byte[] palette = new byte[length];
                bytes.get(at + 8, palette);
                return Optional.of(palette);
            }
            if (type.equals("IDAT") || length < 0 || length > png.length) {
                return Optional.empty();
            }
            at += 12 + length;
        }
        return Optional.empty();
    }

    /** The colours that Pascal VOC gives to numbers: bits 0, 1, 2 of the number, from the top bit down. */
    static byte[] vocColours() {
        byte[] palette = new byte[3 * COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int value = 0;
                for (int bit = 0, rest = i; bit < 8; bit++, rest >>= 3) {
                    value |= ((rest >> channel) & 1) << (7 - bit);
                }
                palette[3 * i + channel] = (byte) value;
            }
        }
        return palette;
    }
}
