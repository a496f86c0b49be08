package dev.fovea.imaging.codec;

import java.util.OptionalInt;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.javacpp.indexer.UShortIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The one grey of a grey PNG that is not seen (tRNS chunk; PNG third edition, section 11.3.1.1), which OpenCV drops.
 */
public final class PngTransparency {

    private static final int GRAY = 0;
    private static final int COLOR_TYPE_AT = 25;
    private static final int DEPTH_AT = 24;

    private PngTransparency() {}

    /** The transparent grey as it is stored, where the file is grey and has one. */
    public static OptionalInt key(byte[] png) {
        ByteReader in = new ByteReader(png, false);
        if (in.u8(COLOR_TYPE_AT) != GRAY) {
            return OptionalInt.empty();
        }
        long at = 8;
        while (at + 12 <= png.length && !in.matches(at + 4, "IDAT")) {
            if (in.matches(at + 4, "tRNS") && in.u32(at) >= 2) {
                return OptionalInt.of(in.u16(at + 8));
            }
            at += 12 + in.u32(at);
        }
        return OptionalInt.empty();
    }

    /** Blue, green, red, alpha from a grey Mat of 8 or 16 bits as OpenCV decoded it; the caller closes both. */
    public static Mat apply(Mat gray, byte[] png, int key) {
        int depth = png[DEPTH_AT];
        boolean deep = gray.depth() == opencv_core.CV_16U;
        int shown = depth < 8 ? (key & (1 << depth) - 1) * 255 / ((1 << depth) - 1) : key;
        try (PixelCanvas canvas = new PixelCanvas(gray.cols(), gray.rows(), 4)) {
            byte[] row = new byte[4 * gray.cols()];
            int[] values = new int[gray.cols()];
            for (int y = 0; y < gray.rows(); y++) {
                read(gray, deep, y, values);
                for (int x = 0; x < values.length; x++) {
                    byte value = (byte) (deep ? values[x] >> 8 : values[x]);
                    row[4 * x] = value;
                    row[4 * x + 1] = value;
                    row[4 * x + 2] = value;
                    row[4 * x + 3] = (byte) (values[x] == shown ? 0 : 255);
                }
                canvas.put(0, y, row, gray.cols());
            }
            return canvas.take();
        }
    }

    private static void read(Mat gray, boolean deep, int y, int[] values) {
        if (deep) {
            try (UShortIndexer samples = gray.createIndexer()) {
                samples.get(y, 0, values);
            }
        } else {
            try (UByteIndexer samples = gray.createIndexer()) {
                samples.get(y, 0, values);
            }
        }
    }
}
