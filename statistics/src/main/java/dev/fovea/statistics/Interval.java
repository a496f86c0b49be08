package dev.fovea.statistics;

/**
 * An estimate with the interval that goes with it: {@code low <= value <= high}, all finite. The level of confidence is
 * the business of whoever computed it; 0.95 where nothing else is said.
 *
 * @param value the estimate itself, not the middle of the interval
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {

    /** The level of confidence where none is named. */
    public static final double DEFAULT_LEVEL = 0.95;

    public Interval {
        Require.that(
                Double.isFinite(low) && Double.isFinite(high) && low <= value && value <= high,
                "The interval [%s, %s] does not hold its value %s.",
                low,
                high,
                value);
    }

    /** An interval whose ends rounding may have pushed past the value or past the bounds of the quantity. */
    static Interval within(double value, double low, double high, double least, double most) {
        return new Interval(value, Math.max(least, Math.min(low, value)), Math.min(most, Math.max(high, value)));
    }

    /** {@code high - low}. */
    public double width() {
        return high - low;
    }

    /** Whether a number lies in the interval, ends included. */
    public boolean contains(double number) {
        return low <= number && number <= high;
    }
}
