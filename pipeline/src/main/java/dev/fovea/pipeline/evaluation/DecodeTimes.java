package dev.fovea.pipeline.evaluation;

import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * CPU time of decoding and preprocessing, exact and fast, on the same images. Pure.
 *
 * @param images number of measured images
 * @param reduced number of images that fast decodes at a fraction of their size
 * @param exactMs median over the images, in milliseconds
 * @param fastMs median over the images, in milliseconds
 * @param speedUp total time of exact divided by that of fast, with its 95 % interval by bootstrap over images
 */
public record DecodeTimes(int images, int reduced, double exactMs, double fastMs, Interval speedUp) {

    /** As much as INT8 must be faster than FP32. */
    static final double MIN_SPEED_UP = 1.1;

    private static final int RESAMPLES = 2000;

    /** One image: CPU milliseconds, and whether fast decodes it at a fraction of its size. */
    record DecodedImage(double exactMs, double fastMs, boolean reduced) {}

    /** Of one image or more. */
    static DecodeTimes of(List<DecodedImage> images) {
        return new DecodeTimes(
                images.size(),
                (int) images.stream().filter(DecodedImage::reduced).count(),
                median(images, DecodedImage::exactMs),
                median(images, DecodedImage::fastMs),
                speedUp(images));
    }

    /** Whether fast is shown to be faster by a tenth. */
    boolean isFaster() {
        return reduced > 0 && speedUp.low() >= MIN_SPEED_UP;
    }

    private static Interval speedUp(List<DecodedImage> images) {
        SplittableRandom random = new SplittableRandom(1);
        double[] resampled = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double exact = 0;
            double fast = 0;
            for (int j = 0; j < images.size(); j++) {
                DecodedImage image = images.get(random.nextInt(images.size()));
                exact += image.exactMs();
                fast += image.fastMs();
            }
            resampled[i] = exact / fast;
        }
        double ratio = images.stream().mapToDouble(DecodedImage::exactMs).sum()
                / images.stream().mapToDouble(DecodedImage::fastMs).sum();
        return BootstrapInterval.of(ratio, resampled, Interval.DEFAULT_LEVEL);
    }

    private static double median(List<DecodedImage> images, ToDoubleFunction<DecodedImage> time) {
        return median(images.stream().mapToDouble(time).toArray());
    }

    static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
