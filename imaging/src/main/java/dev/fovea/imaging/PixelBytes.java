package dev.fovea.imaging;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Copies between an image's native pixels and plain Java bytes. */
public final class PixelBytes {

    private PixelBytes() {}

    static Image toImage(byte[] bytes, int width, int height, int channels) {
        if (bytes.length != width * height * channels || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "%d bytes are not %d×%d pixels of %d channels".formatted(bytes.length, width, height, channels));
        }
        Mat mat = new Mat(height, width, opencv_core.CV_8UC(channels));
        ByteBuffer target = mat.createBuffer();
        target.put(bytes);
        if (channels == 3) {
            opencv_imgproc.cvtColor(mat, mat, opencv_imgproc.COLOR_RGB2BGR);
        }
        return new Image(mat);
    }

    static byte[] fromImage(Image image) {
        Mat mat = image.mat();
        int code = switch (mat.channels()) {
            case 3 -> opencv_imgproc.COLOR_BGR2RGB;
            case 4 -> opencv_imgproc.COLOR_BGRA2RGB;
            default -> -1;
        };
        if (code < 0) {
            return copy(mat);
        }
        try (Mat rgb = new Mat()) {
            opencv_imgproc.cvtColor(mat, rgb, code);
            return copy(rgb);
        }
    }

    /** The bytes of a Mat, row by row without padding. */
    public static byte[] copy(Mat mat) {
        int rowBytes = mat.cols() * (int) mat.elemSize();
        byte[] bytes = new byte[rowBytes * mat.rows()];
        if (mat.isContinuous()) {
            mat.data().get(bytes);
            return bytes;
        }
        for (int row = 0; row < mat.rows(); row++) {
            mat.ptr(row).get(bytes, row * rowBytes, rowBytes);
        }
        return bytes;
    }
}
