package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.PixelBytes;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns blue-green-red-alpha into blue-green-red. */
public final class Transparency {

    private Transparency() {}

    /** A new Mat of 3 channels; the caller closes it. */
    public static Mat settle(Mat bgra, Alpha alpha) {
        return switch (alpha) {
            case Alpha.Drop() -> {
                Mat bgr = new Mat();
                opencv_imgproc.cvtColor(bgra, bgr, opencv_imgproc.COLOR_BGRA2BGR);
                yield bgr;
            }
            case Alpha.Over over -> {
                Mat bgr = new Mat(bgra.rows(), bgra.cols(), opencv_core.CV_8UC3);
                bgr.data().put(blend(PixelBytes.copy(bgra), new int[] {over.blue(), over.green(), over.red()}));
                yield bgr;
            }
        };
    }

    /** Pillow's paste with a mask: the exact rounding division by 255 of {@code in·a + back·(255 − a)}. */
    private static byte[] blend(byte[] bgra, int[] back) {
        byte[] bgr = new byte[bgra.length / 4 * 3];
        for (int in = 0, out = 0; in < bgra.length; in += 4, out += 3) {
            int a = bgra[in + 3] & 0xff;
            for (int c = 0; c < 3; c++) {
                int sum = (bgra[in + c] & 0xff) * a + back[c] * (255 - a) + 128;
                bgr[out + c] = (byte) (((sum >> 8) + sum) >> 8);
            }
        }
        return bgr;
    }
}
