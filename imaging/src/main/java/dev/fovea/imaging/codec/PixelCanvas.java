package dev.fovea.imaging.codec;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Native 8-bit pixels that a decoder fills row by row. It owns them until {@link #take}. */
public final class PixelCanvas implements AutoCloseable {

    private final Mat pixels;
    private boolean taken;

    /** Black pixels of 1, 3 or 4 channels. */
    public PixelCanvas(int width, int height, int channels) {
        this.pixels = Mat.zeros(height, width, opencv_core.CV_8UC(channels)).asMat();
    }

    int width() {
        return pixels.cols();
    }

    int height() {
        return pixels.rows();
    }

    int channels() {
        return pixels.channels();
    }

    /** Writes {@code count} pixels of {@code row}, from its start, at column {@code x} of row {@code y}. */
    public void put(int x, int y, byte[] row, int count) {
        pixels.ptr(y, x).put(row, 0, count * pixels.channels());
    }

    /** Fills every pixel with these channel values. */
    void fill(byte[] pixel) {
        byte[] row = new byte[width() * channels()];
        for (int i = 0; i < row.length; i++) {
            row[i] = pixel[i % pixel.length];
        }
        for (int y = 0; y < height(); y++) {
            put(0, y, row, width());
        }
    }

    /** The pixels; from now on the caller closes them. */
    public Mat take() {
        taken = true;
        return pixels;
    }

    @Override
    public void close() {
        if (!taken) {
            pixels.close();
        }
    }
}
