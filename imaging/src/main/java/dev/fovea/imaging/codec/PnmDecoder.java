package dev.fovea.imaging.codec;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Portable bitmaps, graymaps and pixmaps, in text and in bytes, with any value for white. Two-byte greys are scaled to
 * a white of 65535 and keep the high byte.
 */
public final class PnmDecoder {

    private PnmDecoder() {}

    /** 8-bit pixels of 1 or 3 channels; the caller closes them. */
    public static Mat decode(byte[] file) {
        PnmHeader header = PnmHeader.read(file);
        try (PixelCanvas canvas = new PixelCanvas(header.width(), header.height(), header.channels())) {
            Samples samples = samples(file, header);
            byte[] row = new byte[header.width() * header.channels()];
            for (int y = 0; y < header.height(); y++) {
                samples.row(y, row);
                for (int i = 0; i + 2 < row.length && header.channels() == 3; i += 3) {
                    byte red = row[i];
                    row[i] = row[i + 2];
                    row[i + 2] = red;
                }
                canvas.put(0, y, row, header.width());
            }
            return canvas.take();
        } catch (ByteReader.OutOfBytes | IndexOutOfBoundsException e) {
            throw ImageRefusal.damaged(
                    "P%c file of %,d bytes ends before its pixels do".formatted(header.kind(), file.length));
        }
    }

    /** Fills rows in order, red first. */
    private interface Samples {
        void row(int y, byte[] row);
    }

    private static Samples samples(byte[] file, PnmHeader header) {
        if (header.isText()) {
            PnmHeader.Tokens tokens = new PnmHeader.Tokens(file, header.pixelsAt());
            return (y, row) -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] = header.kind() == '1' ? (byte) (tokens.bit() - 1) : scaled(tokens.number(), header, true);
                }
            };
        }
        if (header.kind() == '4') {
            return (y, row) -> bits(file, Math.addExact(header.pixelsAt(), y * ((row.length + 7) / 8)), row);
        }
        int bytes = header.deep() ? 2 : 1;
        return (y, row) -> {
            int at = Math.addExact(header.pixelsAt(), y * row.length * bytes);
            for (int i = 0; i < row.length; i++, at += bytes) {
                int value = file[at] & 0xff;
                row[i] = scaled(bytes == 2 ? (value << 8) | (file[at + 1] & 0xff) : value, header, false);
            }
        };
    }

    private static void bits(byte[] file, int start, byte[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = (byte) (((file[start + (x >> 3)] >> (7 - (x & 7))) & 1) - 1);
        }
    }

    /** In text files a value above white is an error; in binary files it is clamped to white, as in other readers. */
    private static byte scaled(long value, PnmHeader header, boolean strict) {
        if (strict && value > header.white()) {
            throw ImageRefusal.damaged("a sample of %d where white is %d".formatted(value, header.white()));
        }
        if (header.white() == 255) {
            return (byte) value;
        }
        boolean deepGray = header.deep() && header.channels() == 1;
        long whole = deepGray ? 65535 : 255;
        long scaled = Math.min(whole, Math.round((double) value / header.white() * whole));
        return (byte) (deepGray ? scaled >> 8 : scaled);
    }
}
