package dev.fovea.imaging;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A decoded image: 8-bit pixels in native memory with 1 (grey), 3 (blue, green, red) or 4 (blue, green, red, alpha)
 * channels, upright unless the decoder ignored the orientation.
 *
 * <p>Owns its pixels; the caller closes it. Not thread-safe.
 */
public final class Image implements AutoCloseable {

    private final Mat pixels;

    /** Takes ownership of an 8-bit Mat of 1, 3 or 4 channels. */
    public Image(Mat pixels) {
        if (pixels.depth() != org.bytedeco.opencv.global.opencv_core.CV_8U || pixels.channels() == 2) {
            throw new IllegalArgumentException("an image has 8-bit pixels of 1, 3 or 4 channels");
        }
        this.pixels = pixels;
    }

    /**
     * An image from interleaved bytes, row by row from the top: {@code channels} is 1 (grey) or 3 (red, green, blue).
     */
    public static Image of(byte[] interleavedRgbOrGray, int width, int height, int channels) {
        return PixelBytes.toImage(interleavedRgbOrGray, width, height, channels);
    }

    /** Width in pixels. */
    public int width() {
        return pixels.cols();
    }

    /** Height in pixels. */
    public int height() {
        return pixels.rows();
    }

    /** 1, 3 or 4. */
    public int channels() {
        return pixels.channels();
    }

    /** The pixels as interleaved bytes, row by row: grey, or red-green-blue (an alpha channel is left out). */
    public byte[] toRgbOrGray() {
        return PixelBytes.fromImage(this);
    }

    /** The native pixels, still owned by this image. */
    public Mat mat() {
        return pixels;
    }

    @Override
    public void close() {
        pixels.close();
    }
}
