package dev.fovea.imaging.quality;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.preprocess.Transparency;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Small JPEG copies of images for display: upright, proportion kept, transparency over white. Thread-safe; the work is
 * native and belongs on a platform thread.
 */
public final class Thumbnails {

    private static final int QUALITY = 80;

    private final PreprocessingContract contract;
    private final int edge;
    private final Decoder decoder;
    private final ImageWriter writer = new ImageWriter();

    /** Makes copies whose longer edge is at most {@code edge} pixels. */
    public Thumbnails(int edge, ImageLimits limits) {
        this.edge = edge;
        this.decoder = new Decoder(limits);
        this.contract = new PreprocessingContract(
                PreprocessingContract.Orientation.EXIF,
                PreprocessingContract.ColorOrder.RGB,
                PreprocessingContract.Alpha.WHITE,
                new Resize.Letterbox(
                        dev.fovea.imaging.Size.square(edge),
                        Resize.Filter.AREA,
                        Resize.ResizeEngine.OPENCV,
                        255,
                        Resize.Anchor.CENTER),
                Optional.empty(),
                new TensorFormat(
                        1,
                        List.of(0.0, 0.0, 0.0),
                        List.of(1.0, 1.0, 1.0),
                        TensorFormat.Layout.NCHW,
                        TensorFormat.ElementType.FLOAT32),
                PreprocessingContract.DecodeMode.FAST);
    }

    /** A small JPEG file of an image file; the errors of {@link Decoder}. Smaller images keep their size. */
    public byte[] jpeg(byte[] file) {
        try (Image decoded = decoder.decode(file, contract)) {
            double ratio = Math.min(1, (double) edge / Math.max(decoded.width(), decoded.height()));
            int width = Math.max(1, (int) Math.rint(decoded.width() * ratio));
            int height = Math.max(1, (int) Math.rint(decoded.height() * ratio));
            Mat small = new Mat();
            try (Size size = new Size(width, height)) {
                opencv_imgproc.resize(decoded.mat(), small, size, 0, 0, opencv_imgproc.INTER_AREA);
            }
            try (Image scaled = new Image(small)) {
                return opaque(scaled);
            }
        }
    }

    private byte[] opaque(Image scaled) {
        if (scaled.channels() != 4) {
            return writer.jpeg(scaled, QUALITY);
        }
        try (Image settled = new Image(Transparency.settle(scaled.mat(), PreprocessingContract.Alpha.WHITE))) {
            return writer.jpeg(settled, QUALITY);
        }
    }
}
