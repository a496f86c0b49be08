package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;

/** Single pixels of an image, read where they are in native memory. The image stays open meanwhile. */
final class SampledPixels {

    private static final int BYTE = 0xff;
    private static final int RED = 19595;
    private static final int GREEN = 38470;
    private static final int BLUE = 7471;
    private static final int HALF = 0x8000;

    private final ByteBuffer bytes;
    private final int width;
    private final int height;
    private final int channels;
    private final int rowBytes;
    private final Alpha alpha;

    /** Of an image whose transparency is treated so. */
    SampledPixels(Image image, Alpha alpha) {
        Mat mat = image.mat();
        this.width = mat.cols();
        this.height = mat.rows();
        this.channels = mat.channels();
        this.rowBytes = (int) mat.step();
        this.bytes = mat.<ByteBuffer>createBuffer().order(ByteOrder.LITTLE_ENDIAN);
        this.alpha = alpha;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean isGray() {
        return channels == 1;
    }

    /** Red, green and blue in the three low bytes, blue lowest. */
    int rgb(int x, int y) {
        int at = y * rowBytes + x * channels;
        return switch (channels) {
            case 1 -> (bytes.get(at) & BYTE) * 0x10101;
            case 3 -> three(at);
            default -> settled(bytes.getInt(at));
        };
    }

    private int three(int at) {
        return (bytes.getShort(at) & 0xffff) | ((bytes.get(at + 2) & BYTE) << 16);
    }

    /** As {@link dev.fovea.imaging.preprocess.Transparency} settles it. */
    private int settled(int pixel) {
        return switch (alpha) {
            case Alpha.Drop() -> pixel & 0xffffff;
            case Alpha.Over(int red, int green, int blue) -> {
                int a = pixel >>> 24;
                yield blended(pixel & BYTE, blue, a)
                        | (blended((pixel >> 8) & BYTE, green, a) << 8)
                        | (blended((pixel >> 16) & BYTE, red, a) << 16);
            }
        };
    }

    private static int blended(int level, int back, int a) {
        int sum = level * a + back * (BYTE - a) + 128;
        return ((sum >> 8) + sum) >> 8;
    }

    /** The grey level of a pixel, with the luma weights of ITU-R BT.601. */
    static int gray(int rgb) {
        return ((rgb & BYTE) * BLUE + (rgb >> 8 & BYTE) * GREEN + (rgb >> 16 & BYTE) * RED + HALF) >> 16;
    }

    /** The levels of green, or of the only channel, in a part of the image, row by row. */
    void green(int left, int top, int columns, int rows, int[] levels) {
        int next = 0;
        for (int y = top; y < top + rows; y++) {
            if (channels == 4) {
                for (int x = left; x < left + columns; x++) {
                    levels[next++] = rgb(x, y) >> 8 & BYTE;
                }
                continue;
            }
            int at = y * rowBytes + left * channels + channels / 2;
            for (int x = 0; x < columns; x++, at += channels) {
                levels[next++] = bytes.get(at) & BYTE;
            }
        }
    }
}
