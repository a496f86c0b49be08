package dev.fovea.imaging.codec;

import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The first frame of a GIF. What it leaves of the canvas is transparent where it has a transparent index, else the
 * palette's first colour. OpenCV's own reader refuses frames beyond the screen and blackens transparent colours.
 */
public final class GifDecoder {

    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final byte[] file;
    private final GifFrame frame;
    private final byte[] palette;
    private final int channels;

    private GifDecoder(byte[] file, GifFrame frame) {
        this.file = file;
        this.frame = frame;
        this.channels = frame.look().transparent() >= 0 ? 4 : 3;
        this.palette = palette();
    }

    /** 8-bit pixels of 3 or 4 channels; the caller closes them. */
    public static Mat decode(byte[] file) {
        try {
            GifFrame frame = GifFrame.read(file);
            return new GifDecoder(file, frame).decode();
        } catch (ByteReader.OutOfBytes | IndexOutOfBoundsException e) {
            throw ImageRefusal.damaged("GIF file of %,d bytes ends before its first frame does".formatted(file.length));
        }
    }

    private Mat decode() {
        try (PixelCanvas canvas = new PixelCanvas(frame.canvasWidth(), frame.canvasHeight(), channels)) {
            int ground = Math.max(0, frame.look().transparent());
            canvas.fill(Arrays.copyOfRange(palette, ground * channels, (ground + 1) * channels));
            GifCodes codes = new GifCodes(file, frame.codesAt());
            byte[] indices = new byte[frame.width()];
            byte[] row = new byte[frame.width() * channels];
            if (frame.look().interlaced()) {
                for (int[] pass : PASSES) {
                    for (int y = pass[0]; y < frame.height(); y += pass[1]) {
                        row(codes, indices, row, y, canvas);
                    }
                }
            } else {
                for (int y = 0; y < frame.height(); y++) {
                    row(codes, indices, row, y, canvas);
                }
            }
            return canvas.take();
        }
    }

    private void row(GifCodes codes, byte[] indices, byte[] row, int y, PixelCanvas canvas) {
        codes.fill(indices);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(palette, (indices[i] & 0xff) * channels, row, i * channels, channels);
        }
        canvas.put(frame.x(), frame.y() + y, row, indices.length);
    }

    /** Blue, green, red (and alpha) per index; black where the palette ends before, greys where there is none. */
    private byte[] palette() {
        GifFrame.Look look = frame.look();
        byte[] colors = new byte[256 * channels];
        for (int i = 0; i < 256; i++) {
            for (int c = 0; c < 3; c++) {
                colors[i * channels + c] = value(look, i, 2 - c);
            }
            if (channels == 4) {
                colors[i * channels + 3] = (byte) (i == look.transparent() ? 0 : 255);
            }
        }
        return colors;
    }

    private byte value(GifFrame.Look look, int index, int color) {
        if (look.paletteAt() < 0) {
            return (byte) index;
        }
        return index < look.colors() ? file[look.paletteAt() + 3 * index + color] : 0;
    }
}
