package dev.fovea.imaging.preprocess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Interleaved pixels of 1 or 3 bytes, read and written as ints with the first channel in the lowest byte. What an int
 * holds above the last channel is undefined. Not thread-safe.
 *
 * @param bytes the pixels from index 0 to the limit, little-endian
 * @param rowBytes from one row to the next
 */
record PackedPixels(ByteBuffer bytes, int height, int width, int rowBytes, int channels) implements PixelRows {

    /** Ints of a cache line. */
    private static final int TILE = 16;

    PackedPixels {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("pixels of %d channels; they have 1 or 3".formatted(channels));
        }
        bytes = bytes.slice(0, (height - 1) * rowBytes + width * channels).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The pixels of a Mat of 8-bit samples, which stay its own. */
    static PackedPixels of(Mat mat) {
        ByteBuffer bytes = mat.createBuffer();
        return new PackedPixels(bytes, mat.rows(), mat.cols(), (int) mat.step(), mat.channels());
    }

    /**
     * Reads lines of pixels. The pixels of a line, and the lines, lie any number of bytes apart.
     *
     * @param from where the first line begins
     */
    void get(int from, int count, int lineStep, int length, int step, int[][] lines) {
        for (int tile = 0; tile < length; tile += TILE) {
            int end = Math.min(length, tile + TILE);
            for (int i = 0; i < count; i++) {
                get(from + i * lineStep + tile * step, step, tile, end, lines[i]);
            }
        }
    }

    /** Gives all rows. */
    void giveTo(PixelRows rows) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            get(y * rowBytes, channels, 0, width, row);
            rows.put(y, row);
        }
    }

    private void get(int at, int step, int start, int end, int[] line) {
        int whole = whole(start, end, at + (end - start - 1) * step);
        int next = at;
        for (int k = start; k < whole; k++, next += step) {
            line[k] = bytes.getInt(next);
        }
        for (int k = whole; k < end; k++, next += step) {
            line[k] = channels == 1
                    ? bytes.get(next)
                    : Short.toUnsignedInt(bytes.getShort(next)) | bytes.get(next + 2) << 16;
        }
    }

    @Override
    public void put(int y, int[] row) {
        int next = y * rowBytes;
        int whole = whole(0, width, next + (width - 1) * channels);
        for (int x = 0; x < whole; x++, next += channels) {
            bytes.putInt(next, row[x]); // the byte too many is that of the next pixel
        }
        for (int x = whole; x < width; x++, next += channels) {
            for (int c = 0; c < channels; c++) {
                bytes.put(next + c, (byte) (row[x] >> (8 * c)));
            }
        }
    }

    /** Up to which pixel ints are read or written: the one at the end of the buffer is too short for an int. */
    private int whole(int start, int end, int last) {
        if (channels == 1) {
            return start;
        }
        return last + Integer.BYTES <= bytes.limit() ? end : end - 1;
    }
}
