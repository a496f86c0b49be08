package dev.fovea.imaging.codec.tiff;

import dev.fovea.imaging.codec.JpegFrame;
import dev.fovea.imaging.codec.RowSource;
import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** The rows of a JPEG stream within a TIFF: grey, or red-green-blue. */
final class JpegRows implements RowSource {

    private static final long SPARE_PIXELS = 1 << 16;

    private final Mat pixels;
    private int y;

    /**
     * Refuses a stream that is smaller than its chunk, or much larger.
     *
     * @param columns that every row must have at least
     * @param rows that the chunk covers
     */
    static void check(byte[] stream, int columns, int rows) throws IOException {
        JpegFrame frame = JpegFrame.read(stream, (marker, at, length) -> {});
        if (frame.width() < columns
                || frame.height() < rows
                || (long) frame.width() * frame.height() > 4L * columns * rows + SPARE_PIXELS) {
            throw new IOException(
                    "a JPEG of %d×%d pixels for %d×%d".formatted(frame.width(), frame.height(), columns, rows));
        }
    }

    /** Decodes a whole stream of 1 or 3 components. */
    JpegRows(byte[] stream) throws IOException {
        try (BytePointer pointer = new BytePointer(stream);
                Mat encoded = new Mat(1, stream.length, opencv_core.CV_8UC1, pointer)) {
            this.pixels = opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_UNCHANGED);
        } catch (RuntimeException e) {
            throw new IOException("a JPEG stream does not decode", e);
        }
        if (pixels.empty()) {
            pixels.close();
            throw new IOException("a JPEG stream does not decode");
        }
    }

    @Override
    public void next(byte[] row) {
        int channels = pixels.channels();
        int count = Math.min(row.length, pixels.cols() * channels);
        pixels.ptr(y).get(row, 0, count);
        y++;
        if (channels == 3) {
            for (int i = 0; i + 2 < count; i += 3) {
                byte blue = row[i];
                row[i] = row[i + 2];
                row[i + 2] = blue;
            }
        }
    }

    @Override
    public void close() {
        pixels.close();
    }
}
