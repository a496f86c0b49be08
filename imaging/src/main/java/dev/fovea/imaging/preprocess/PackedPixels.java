package dev.fovea.imaging.preprocess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Interleaved pixels of 1 or 3 bytes, read and written as ints with the first channel in the lowest byte. What the
 * bytes above the last channel hold is undefined. Not thread-safe.
 */
final class PackedPixels {

    /** Ints of a cache line. */
    private static final int TILE = 16;

    private final ByteBuffer bytes;
    private final int channels;

    /** Pixels from index 0 on; the buffer's byte order becomes little-endian. */
    PackedPixels(ByteBuffer bytes, int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("pixels of %d channels; they have 1 or 3".formatted(channels));
        }
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.channels = channels;
    }

    /** The pixels of a Mat of 8-bit samples, which stay its own. */
    static PackedPixels of(Mat mat) {
        int end = (mat.rows() - 1) * (int) mat.step() + mat.cols() * mat.channels();
        ByteBuffer bytes = mat.createBuffer();
        return new PackedPixels(bytes.limit(end), mat.channels());
    }

    int channels() {
        return channels;
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
                int[] line = lines[i];
                int at = from + i * lineStep + tile * step;
                for (int k = tile; k < end; k++, at += step) {
                    line[k] = get(at);
                }
            }
        }
    }

    private int get(int at) {
        if (channels == 1) {
            return bytes.get(at);
        }
        return at + Integer.BYTES <= bytes.limit()
                ? bytes.getInt(at)
                : Short.toUnsignedInt(bytes.getShort(at)) | bytes.get(at + 2) << 16;
    }

    /** Writes rows one after another, from index 0 on. */
    void put(int[][] rows, int height, int width) {
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += channels) {
                put(at, rows[y][x]);
            }
        }
    }

    /** Overwrites the byte after the pixel, which is of the next one. */
    private void put(int at, int pixel) {
        if (channels == 3 && at + Integer.BYTES <= bytes.limit()) {
            bytes.putInt(at, pixel);
            return;
        }
        for (int c = 0; c < channels; c++) {
            bytes.put(at + c, (byte) (pixel >> 8 * c));
        }
    }
}
