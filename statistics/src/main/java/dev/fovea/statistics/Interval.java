package dev.fovea.statistics;

/**
 * An estimate with the interval that goes with it: {@code low <= value <= high}, all finite. The confidence level is
 * 0.95 unless the caller chooses another.
 *
 * @param value the estimate itself, not the middle of the interval
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {

    /** Default confidence level. */
    public static final double DEFAULT_LEVEL = 0.95;

    public Interval {
        Require.that(
                Double.isFinite(low) && Double.isFinite(high) && low <= value && value <= high,
                "The interval [%s, %s] does not contain its value %s.",
                low,
                high,
                value);
    }

    /** An interval whose ends rounding may have pushed past the value or past the bounds of the quantity. */
    public static Interval within(double value, double low, double high, double min, double max) {
        return new Interval(value, Math.max(min, Math.min(low, value)), Math.min(max, Math.max(high, value)));
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
