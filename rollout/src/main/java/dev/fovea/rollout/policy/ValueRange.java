package dev.fovea.rollout.policy;

import dev.fovea.statistics.Require;

/**
 * The range of a business figure. With one, the stated error rates are exact; values outside count as its ends.
 *
 * @param low the least value
 * @param high the greatest value, above it
 */
public record ValueRange(double low, double high) {

    public ValueRange {
        Require.that(
                Double.isFinite(low) && Double.isFinite(high) && low < high,
                "The range of a figure is %s to %s; give two numbers, the smaller one first.",
                low,
                high);
    }

    /** A value's place in the range, 0 to 1. */
    public double place(double value) {
        return Math.clamp((value - low) / (high - low), 0, 1);
    }

    /** {@code high - low}. */
    public double width() {
        return high - low;
    }
}
