package dev.fovea.quantize.numeric;

/**
 * The real numbers that a tensor's integers stand for, from the least to the greatest. Zero is always one of them, as
 * padding and ReLU make it exactly.
 */
public record Range(double low, double high) {

    public Range {
        low = Math.min(low, 0);
        high = Math.max(high, 0);
        if (!(Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException("a range from %s to %s".formatted(low, high));
        }
    }

    public double span() {
        return high - low;
    }

    /** The least range that holds both. */
    public Range with(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
}
