package dev.fovea.pipeline.diagnosis;

import dev.fovea.statistics.Interval;
import java.util.Locale;

/** Numbers of findings as text. */
final class FindingText {

    private FindingText() {}

    /** As {@code 75.3 % (73.9–76.6 %)}. */
    static String percent(Interval share) {
        return String.format(
                Locale.ROOT, "%.1f %% (%.1f–%.1f %%)", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }

    /** As {@code 75.3 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A number of images in two significant digits, as extrapolations have no more. */
    static String about(double images) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, images))) - 1));
        return String.format(Locale.ROOT, "%,d", Math.max(1, Math.round(Math.ceil(images / unit) * unit)));
    }
}
