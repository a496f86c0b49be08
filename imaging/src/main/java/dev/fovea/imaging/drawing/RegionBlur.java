package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes regions of an image unrecognizable, such as faces, before the image is stored. The copy is upright and has no
 * metadata, so that neither a location nor a thumbnail of the original is left in it. Stateless and thread-safe; the
 * work is native and belongs on a platform thread.
 */
public final class RegionBlur {

    private static final int JPEG_QUALITY = 95;
    /** Cells along the longer edge of a region: a face of so few has no features. */
    private static final int CELLS = 6;
    /** Standard deviation of the blur as a share of the longer edge of a region. */
    private static final double SPREAD = 0.15;

    /** How a region is made unrecognizable. */
    public enum Method {
        /** Large squares of the mean colour; {@value RegionBlur#CELLS} along the longer edge. */
        PIXELATE,
        /** Gaussian blur. Text may be recovered from it and from squares, for which {@link #FILL} is safe. */
        BLUR,
        /** One colour, black. */
        FILL
    }

    /**
     * A copy of an image and what was changed in it.
     *
     * @param file JPEG of quality 95 if the original was JPEG or WebP, else PNG
     * @param boxes the regions, in whole pixels of the upright image and inside it; empty regions and those outside are
     *     left out
     * @param method how
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Blurred(byte[] file, List<Box> boxes, Method method) {
        public Blurred {
            boxes = List.copyOf(boxes);
        }
    }

    private RegionBlur() {}

    /**
     * The copy of an image file.
     *
     * @param boxes in pixels of the upright image
     * @return empty when no box covers a pixel, so that the original may be kept
     */
    public static Optional<Blurred> of(byte[] file, List<Box> boxes, Method method, Decoder decoder) {
        ImageFormat format = decoder.header(file).format();
        try (Image image = decoder.decode(file)) {
            List<Box> inside = new ArrayList<>();
            for (Box box : boxes) {
                inside(box, image.width(), image.height()).ifPresent(inside::add);
            }
            if (inside.isEmpty()) {
                return Optional.empty();
            }
            inside.forEach(box -> cover(image.mat(), box, method));
            boolean lossy = format == ImageFormat.JPEG || (format == ImageFormat.WEBP && image.channels() != 4);
            ImageWriter writer = new ImageWriter();
            return Optional.of(
                    new Blurred(lossy ? writer.jpeg(image, JPEG_QUALITY) : writer.png(image), inside, method));
        }
    }

    /** Every pixel that the box touches. */
    private static Optional<Box> inside(Box box, int width, int height) {
        float left = (float) Math.max(0, Math.floor(box.x1()));
        float top = (float) Math.max(0, Math.floor(box.y1()));
        float right = (float) Math.min(width, Math.ceil(box.x2()));
        float bottom = (float) Math.min(height, Math.ceil(box.y2()));
        return !box.isEmpty() && left < right && top < bottom
                ? Optional.of(new Box(left, top, right, bottom))
                : Optional.empty();
    }

    private static void cover(Mat pixels, Box box, Method method) {
        try (Rect place = new Rect((int) box.x1(), (int) box.y1(), (int) box.width(), (int) box.height());
                Mat region = new Mat(pixels, place)) {
            switch (method) {
                case PIXELATE -> pixelate(region);
                case BLUR -> blur(region);
                case FILL -> fill(region);
            }
        }
    }

    private static void pixelate(Mat region) {
        double cell = Math.max(1, Math.max(region.cols(), region.rows()) / (double) CELLS);
        int columns = Math.max(1, (int) Math.rint(region.cols() / cell));
        int rows = Math.max(1, (int) Math.rint(region.rows() / cell));
        try (Mat small = new Mat();
                Size few = new Size(columns, rows);
                Size all = new Size(region.cols(), region.rows())) {
            opencv_imgproc.resize(region, small, few, 0, 0, opencv_imgproc.INTER_AREA);
            opencv_imgproc.resize(small, region, all, 0, 0, opencv_imgproc.INTER_NEAREST);
        }
    }

    private static void blur(Mat region) {
        double deviation = SPREAD * Math.max(region.cols(), region.rows());
        try (Size fitting = new Size(0, 0);
                Mat copy = region.clone()) {
            opencv_imgproc.GaussianBlur(copy, region, fitting, deviation);
        }
    }

    private static void fill(Mat region) {
        try (Scalar black = new Scalar(0, 0, 0, 255);
                Mat filled = new Mat(region.rows(), region.cols(), region.type(), black)) {
            filled.copyTo(region);
        }
    }
}
