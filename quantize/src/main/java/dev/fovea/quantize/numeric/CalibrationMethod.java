package dev.fovea.quantize.numeric;

import java.util.Locale;

/** Ways to choose the range of a tensor from what was seen of it. */
public enum CalibrationMethod {
    /** All that was seen. */
    MIN_MAX,
    /** All but a thousandth at each end. */
    PERCENTILE_99_9,
    /** All but a ten-thousandth at each end. */
    PERCENTILE_99_99,
    /** All but a hundred-thousandth at each end. */
    PERCENTILE_99_999,
    /**
     * KL (entropy) calibration: the range with the minimum Kullback-Leibler divergence from the real values (Migacz
     * 2017, <i>8-bit Inference with TensorRT</i>).
     */
    ENTROPY,
    /** The range with the minimum mean squared error. */
    SQUARED_ERROR;

    private static final int STEPS = 40;
    private static final double MIN_SHARE = 0.2;
    /** One-sided narrowing of the less populated end is tried at so many places as well. */
    private static final int END_STEPS = 8;

    Range range(ValueHistogram seen) {
        Range all = new Range(seen.min(), seen.max());
        return switch (this) {
            case MIN_MAX -> all;
            case PERCENTILE_99_9 -> percentile(seen, 0.999);
            case PERCENTILE_99_99 -> percentile(seen, 0.9999);
            case PERCENTILE_99_999 -> percentile(seen, 0.99999);
            case ENTROPY -> narrowed(all, range -> KlDivergence.of(seen, range), 1);
            case SQUARED_ERROR -> narrowed(all, range -> squaredError(seen, range), END_STEPS);
        };
    }

    private static Range percentile(ValueHistogram seen, double share) {
        return new Range(seen.upperQuantile(share), seen.quantile(share));
    }

    private interface Badness {
        double of(Range range);
    }

    private static Range narrowed(Range all, Badness badness, int ends) {
        Range best = all;
        double min = badness.of(all);
        for (int step = 0; step < STEPS; step++) {
            double share = 1 - step * (1 - MIN_SHARE) / STEPS;
            for (int end = 0; end < (all.low() < 0 && all.high() > 0 ? ends : 1); end++) {
                Range narrow = new Range(all.low() * share * (1 - (double) end / ends), all.high() * share);
                double bad = badness.of(narrow);
                if (bad < min) {
                    min = bad;
                    best = narrow;
                }
            }
        }
        return best;
    }

    /** Mean squared quantization error of the histogram's values. */
    static double squaredError(ValueHistogram seen, Range range) {
        Affine affine = Affine.over(range, IntegerType.U8);
        Range representable = affine.range();
        double scale = affine.scale();
        double within = seen.width() < scale ? seen.width() * seen.width() / 12 : scale * scale / 12;
        double sum = 0;
        for (int bin = 0; bin < ValueHistogram.BINS; bin++) {
            long count = seen.count(bin);
            if (count == 0) {
                continue;
            }
            double value = seen.center(bin);
            double off =
                    value - Math.clamp(scale * Math.rint(value / scale), representable.low(), representable.high());
            boolean clipped = value < representable.low() || value > representable.high();
            double error = clipped || seen.width() < scale ? off * off + within : within;
            sum += count * error;
        }
        return sum / Math.max(1, seen.total());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
