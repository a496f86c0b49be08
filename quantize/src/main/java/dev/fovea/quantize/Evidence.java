package dev.fovea.quantize;

import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * Evidence of non-inferiority on test images: the quantized network loses less than the margin. It is shown when the 95
 * % interval of the loss is within the margin (one-sided level 2.5 %, as in ICH E9). If only the estimate is within the
 * margin, more images are needed.
 *
 * @param margin maximum loss, in points
 * @param low lower end of the loss's interval, in points
 * @param high upper end of the loss's interval, in points
 * @param shown whether {@code high} is within the margin
 * @param power power of that many images for equally good networks, 0 to 1; only if predictions are right or wrong
 * @param images approximate number for a power of 80 %; absent if already shown or unknown
 */
public record Evidence(
        double margin, double low, double high, boolean shown, Optional<Double> power, Optional<Long> images) {

    /** A chance that is rounded to 0 %. */
    private static final double HARDLY = 0.005;

    /** Of a loss with its interval, in points, of which the power is not known. */
    static Evidence of(Interval loss, double margin) {
        return new Evidence(margin, loss.low(), loss.high(), loss.high() <= margin, Optional.empty(), Optional.empty());
    }

    /** Nothing is shown: there was nothing to compare. */
    public static Evidence none(double margin) {
        return new Evidence(margin, -100, 100, false, Optional.empty(), Optional.empty());
    }

    /** What was shown, in a sentence. */
    public String sentence() {
        return shown
                ? String.format(
                        Locale.ROOT,
                        "Non-inferiority within %s points is shown: the 95 %% interval of the loss ends at %.1f.",
                        points(margin),
                        high)
                : String.format(
                                Locale.ROOT,
                                "Non-inferiority within %s points is not shown: the 95 %% interval of the loss ends at %.1f.",
                                points(margin),
                                high)
                        + power.map(this::chance).orElse("");
    }

    private String chance(double chance) {
        return chance < HARDLY
                ? " These images are too few to show it"
                        + images.map("; about %,d would have a chance of 80 %%."::formatted)
                                .orElse(".")
                : String.format(Locale.ROOT, " These images had a chance of %.0f %% to show it", 100 * chance)
                        + images.map(" (power); about %,d would have 80 %%."::formatted)
                                .orElse(".");
    }

    /** Half a point is 0.5, a twentieth 0.05. */
    private static String points(double value) {
        return String.format(Locale.ROOT, value == Math.rint(10 * value) / 10 ? "%.1f" : "%.2f", value);
    }
}
