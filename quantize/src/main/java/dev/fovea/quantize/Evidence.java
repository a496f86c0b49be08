package dev.fovea.quantize;

import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * How far held-out images show non-inferiority: that the quantized network loses less than the margin. It is shown when
 * the whole 95 % interval of the loss lies within the margin (a one-sided level of 2.5 %, as ICH E9 has it). An
 * estimate within the margin whose interval reaches beyond it shows nothing: it is what few images give.
 *
 * @param margin that the loss may not exceed, in points
 * @param low the loss's interval, in points
 * @param high its upper end
 * @param shown whether {@code high} is within the margin
 * @param power the chance that as many images would have shown it of networks that are equally good, 0 to 1; where both
 *     networks' answers are right or wrong
 * @param images about how many would show it with a power of 80 %; absent where it is shown, or not known
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
