package dev.fovea.rollout.evidence;

/**
 * Sums of a figure without bounds.
 *
 * @param count number of values
 * @param sum of the values
 * @param squares sum of their squares
 */
public record Moments(long count, double sum, double squares) {

    /** Of no value. */
    public static final Moments NONE = new Moments(0, 0, 0);

    /** Both together. */
    public Moments plus(Moments other) {
        return new Moments(count + other.count, sum + other.sum, squares + other.squares);
    }

    /** What came since an earlier state. */
    public Moments since(Moments earlier) {
        return new Moments(count - earlier.count, sum - earlier.sum, squares - earlier.squares);
    }

    /** The one of more values. */
    Moments atLeast(Moments other) {
        return count >= other.count ? this : other;
    }

    /** With another value. */
    public Moments with(double value) {
        return new Moments(count + 1, sum + value, squares + value * value);
    }

    /** 0 without values. */
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** Unbiased; 0 for fewer than two values. */
    public double variance() {
        return count < 2 ? 0 : Math.max(0, (squares - sum * mean()) / (count - 1));
    }
}
