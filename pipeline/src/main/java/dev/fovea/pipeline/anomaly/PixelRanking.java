package dev.fovea.pipeline.anomaly;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.model.anomaly.AxisMatrix;
import dev.fovea.statistics.anomaly.AreaUnderRoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well heat maps rank the pixels of defects above others. Maps are enlarged to {@value #EDGE} pixels an edge, masks
 * are sampled at the same places; of many images, every so many pixels count.
 */
final class PixelRanking {

    private static final int EDGE = 224;
    private static final long MAX_PIXELS = 10_000_000;

    /** A mask may be stored as grey of 0 to 1 or 0 to 255; one in JPEG has grey edges. */
    private static final int MIN_SET = 128;

    private final List<double[]> sound = new ArrayList<>();
    private final List<double[]> defective = new ArrayList<>();
    private final int step;

    /** @param images that will be added */
    PixelRanking(int images) {
        this.step = (int) Math.max(1, Math.ceilDiv((long) images * EDGE * EDGE, MAX_PIXELS));
    }

    /** An image without defects. */
    void addGood(HeatMap map) {
        add(map, new boolean[EDGE * EDGE]);
    }

    /** An image with a mask, which is set where a value is in the upper half of the mask's range. */
    void add(HeatMap map, Image mask) {
        byte[] values = mask.toRgbOrGray();
        int channels = values.length / (mask.width() * mask.height());
        int largest = 0;
        for (byte value : values) {
            largest = Math.max(largest, value & 0xff);
        }
        int limit = largest == 1 ? 1 : MIN_SET;
        boolean[] set = new boolean[EDGE * EDGE];
        for (int row = 0; row < EDGE; row++) {
            int y = (int) ((row + 0.5) * mask.height() / EDGE);
            for (int column = 0; column < EDGE; column++) {
                int x = (int) ((column + 0.5) * mask.width() / EDGE);
                set[row * EDGE + column] = (values[(y * mask.width() + x) * channels] & 0xff) >= limit;
            }
        }
        add(map, set);
    }

    private void add(HeatMap map, boolean[] set) {
        double[] cells = new double[map.values().length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = map.values()[i];
        }
        double[] pixels = AxisMatrix.filter(
                AxisMatrix.bilinear(map.size().height(), EDGE),
                cells,
                AxisMatrix.bilinear(map.size().width(), EDGE));
        int count = 0;
        for (int i = 0; i < pixels.length; i += step) {
            count += set[i] ? 1 : 0;
        }
        double[] inside = new double[count];
        double[] outside = new double[Math.ceilDiv(pixels.length, step) - count];
        int in = 0;
        int out = 0;
        for (int i = 0; i < pixels.length; i += step) {
            if (set[i]) {
                inside[in++] = pixels[i];
            } else {
                outside[out++] = pixels[i];
            }
        }
        sound.add(outside);
        defective.add(inside);
    }

    /** The area under the curve over all pixels; empty where no pixel of a defect was added. */
    Optional<Double> area() {
        double[] negatives = joined(sound);
        double[] positives = joined(defective);
        return negatives.length == 0 || positives.length == 0
                ? Optional.empty()
                : Optional.of(AreaUnderRoc.area(negatives, positives));
    }

    private static double[] joined(List<double[]> parts) {
        return parts.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    }
}
