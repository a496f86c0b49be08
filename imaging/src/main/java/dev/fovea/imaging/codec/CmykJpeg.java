package dev.fovea.imaging.codec;

import java.io.IOException;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * JPEG files of four components, CMYK or YCCK, as Pillow shows them: inks are stored inverted, as Adobe writes them;
 * colour profiles are not applied.
 */
public final class CmykJpeg {

    private static final int COMPONENTS = 4;
    private static final int APP14 = 0xee;
    private static final int TRANSFORM_AT = 11;
    private static final int HALF = 1 << 15;

    private CmykJpeg() {}

    /** Blue-green-red; empty where the file has not four components, or is coded in a way that only OpenCV reads. */
    public static Optional<Mat> decode(byte[] file) {
        int[] transform = {0};
        JpegFrame frame = JpegFrame.read(file, (marker, at, length) -> {
            if (marker == APP14 && length > TRANSFORM_AT && new ByteReader(file, false).matches(at, "Adobe")) {
                transform[0] = file[at + TRANSFORM_AT];
            }
        });
        if (frame.components() != COMPONENTS || frame.bits() != 8 || frame.height() == 0) {
            return Optional.empty();
        }
        byte[] plain = JpegSegments.joined(new byte[0], file, -1);
        try (JpegComponents components = new JpegComponents(plain);
                PixelCanvas canvas = new PixelCanvas(frame.width(), frame.height(), 3)) {
            fill(components, transform[0] != 0, canvas);
            return Optional.of(canvas.take());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void fill(JpegComponents components, boolean ycck, PixelCanvas canvas) throws IOException {
        int width = canvas.width();
        byte[] row = new byte[COMPONENTS * width];
        byte[] bgr = new byte[3 * width];
        for (int y = 0; y < canvas.height(); y++) {
            components.next(row);
            for (int x = 0; x < width; x++) {
                int at = COMPONENTS * x;
                if (ycck) {
                    inks(row, at);
                }
                Colors.cmyk(~row[at] & 0xff, ~row[at + 1] & 0xff, ~row[at + 2] & 0xff, ~row[at + 3] & 0xff, bgr, 3 * x);
            }
            canvas.put(0, y, bgr, width);
        }
    }

    /** YCCK to CMYK in place, in libjpeg's fixed point (jdcolor.c). */
    private static void inks(byte[] row, int at) {
        int y = row[at] & 0xff;
        int cb = (row[at + 1] & 0xff) - 128;
        int cr = (row[at + 2] & 0xff) - 128;
        row[at] = inverted(y + ((91881 * cr + HALF) >> 16));
        row[at + 1] = inverted(y + ((-22554 * cb - 46802 * cr + HALF) >> 16));
        row[at + 2] = inverted(y + ((116130 * cb + HALF) >> 16));
    }

    private static byte inverted(int value) {
        return (byte) (255 - Math.clamp(value, 0, 255));
    }
}
