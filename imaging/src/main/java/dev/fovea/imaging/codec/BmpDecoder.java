package dev.fovea.imaging.codec;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Windows and OS/2 bitmaps. OpenCV's reader turns OS/2 palettes grey, ignores masks and pads 5 and 6 bits with zeros.
 * It returns the missing rows of a damaged file as black. The fourth byte of 32 bits is alpha only where
 * {@link BmpMasks} say so.
 */
public final class BmpDecoder {

    private final byte[] file;
    private final BmpHeader header;

    private BmpDecoder(byte[] file) {
        this.file = file;
        this.header = BmpHeader.read(file);
    }

    /** 8-bit pixels of 3 or 4 channels, not turned; the caller closes them. */
    public static Mat decode(byte[] file) {
        try {
            return new BmpDecoder(file).decode();
        } catch (ByteReader.OutOfBytes | IndexOutOfBoundsException e) {
            throw ImageRefusal.damaged("BMP file of %,d bytes ends before its pixels do".formatted(file.length));
        }
    }

    private Mat decode() {
        Optional<BmpMasks> masks = header.bits() == 16 || header.bits() == 32
                ? Optional.of(BmpMasks.of(header.masks(file), header.bits()))
                : Optional.empty();
        int channels = masks.map(BmpMasks::channels).orElse(3);
        try (PixelCanvas canvas = new PixelCanvas(header.width(), header.height(), channels)) {
            if (header.compression() == BmpHeader.RUNS_8 || header.compression() == BmpHeader.RUNS_4) {
                byte[] palette = palette();
                new BmpRuns(file, header)
                        .read((y, indices) -> canvas.put(0, row(y), colors(indices, palette), header.width()));
            } else if (masks.isPresent()) {
                masked(masks.get(), canvas);
            } else if (header.bits() == 24) {
                requireTrueColor();
                trueColor(canvas);
            } else {
                indexed(canvas);
            }
            return canvas.take();
        }
    }

    /** The canvas row of the file's row {@code y}. */
    private int row(int y) {
        return header.topDown() ? y : header.height() - 1 - y;
    }

    private int start(int y) {
        long start = header.pixelsAt() + y * header.rowBytes();
        if (start + (header.width() * (long) header.bits() + 7) / 8 > file.length) {
            throw new ByteReader.OutOfBytes();
        }
        return (int) start;
    }

    private void requireTrueColor() {
        if (header.masks(file).filter(masks -> !BmpMasks.areTrueColor(masks)).isPresent()) {
            throw ImageRefusal.unsupported("its BMP has 24 bits per pixel and unusual masks", "Save it anew as PNG.");
        }
    }

    private void trueColor(PixelCanvas canvas) {
        byte[] row = new byte[3 * header.width()];
        for (int y = 0; y < header.height(); y++) {
            System.arraycopy(file, start(y), row, 0, row.length);
            canvas.put(0, row(y), row, header.width());
        }
    }

    private void masked(BmpMasks masks, PixelCanvas canvas) {
        int bytes = header.bits() / 8;
        byte[] row = new byte[masks.channels() * header.width()];
        for (int y = 0; y < header.height(); y++) {
            int at = start(y);
            for (int x = 0; x < header.width(); x++, at += bytes) {
                int value = (file[at] & 0xff) | (file[at + 1] & 0xff) << 8;
                if (bytes == 4) {
                    value |= ((file[at + 2] & 0xff) << 16) | (file[at + 3] << 24);
                }
                masks.pixel(value, row, x * masks.channels());
            }
            canvas.put(0, row(y), row, header.width());
        }
    }

    private void indexed(PixelCanvas canvas) {
        byte[] palette = palette();
        byte[] indices = new byte[header.width()];
        int mask = (1 << header.bits()) - 1;
        for (int y = 0; y < header.height(); y++) {
            int start = start(y);
            for (int x = 0; x < header.width(); x++) {
                int bit = x * header.bits();
                indices[x] = (byte) ((file[start + (bit >> 3)] >> (8 - header.bits() - (bit & 7))) & mask);
            }
            canvas.put(0, row(y), colors(indices, palette), header.width());
        }
    }

    /** Blue, green, red per index; black for indices that the file has no colour for. */
    private byte[] palette() {
        byte[] palette = new byte[3 * 256];
        BmpHeader.Palette stated = header.palette();
        for (int i = 0; i < Math.min(256, stated.colors()); i++) {
            int at = stated.at() + i * stated.entry();
            if (at + 3 <= file.length) {
                System.arraycopy(file, at, palette, 3 * i, 3);
            }
        }
        return palette;
    }

    private byte[] colors(byte[] indices, byte[] palette) {
        byte[] row = new byte[3 * header.width()];
        for (int x = 0; x < header.width(); x++) {
            System.arraycopy(palette, 3 * (indices[x] & 0xff), row, 3 * x, 3);
        }
        return row;
    }
}
