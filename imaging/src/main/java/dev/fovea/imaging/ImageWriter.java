package dev.fovea.imaging;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pixels to file bytes. Thread-safe. */
public final class ImageWriter {

    /** Creates a stateless writer. */
    public ImageWriter() {
        Natives.load();
    }

    /** The image as a PNG file. */
    public byte[] png(Image image) {
        try (IntPointer none = new IntPointer()) {
            return encode(".png", image.mat(), none);
        }
    }

    /** The image as a JPEG file of quality 1 to 100. */
    public byte[] jpeg(Image image, int quality) {
        try (IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality)) {
            return encode(".jpg", image.mat(), options);
        }
    }

    private static byte[] encode(String extension, Mat pixels, IntPointer options) {
        try (BytePointer out = new BytePointer()) {
            if (!opencv_imgcodecs.imencode(extension, pixels, out, options)) {
                throw new FoveaException(
                        ErrorCode.INTERNAL,
                        "An image of %d×%d pixels could not be written as %s."
                                .formatted(pixels.cols(), pixels.rows(), extension));
            }
            byte[] bytes = new byte[(int) out.limit()];
            out.get(bytes);
            return bytes;
        }
    }
}
