package dev.fovea.quantize.numeric;

/** The real range of a quantized tensor. It always contains zero, as padding and ReLU need it exactly. */
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

    /** The smallest range that contains both. */
    public Range with(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
}
