package dev.fovea.statistics;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/** Argument checks of the formulas. */
public final class Require {

    private Require() {}

    /** Throws {@code ARGUMENT_INVALID} with the formatted message unless {@code condition} is true. */
    @FormatMethod
    public static void that(boolean condition, String format, Object... values) {
        if (!condition) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, format.formatted(values));
        }
    }

    /** A level of confidence is a probability strictly between 0 and 1, usually 0.95. */
    public static void confidenceLevel(double level) {
        that(level > 0 && level < 1, "The confidence level is %s; it must lie between 0 and 1, as 0.95 does.", level);
    }

    /** A count of successes among at least one trial. */
    public static void proportion(long successes, long trials) {
        that(trials > 0, "A proportion of %d trials is undefined; there must be at least one.", trials);
        that(trials <= Integer.MAX_VALUE, "%d trials are above the maximum of %d.", trials, Integer.MAX_VALUE);
        that(
                successes >= 0 && successes <= trials,
                "%d successes of %d trials; successes lie between 0 and the trials.",
                successes,
                trials);
    }
}
