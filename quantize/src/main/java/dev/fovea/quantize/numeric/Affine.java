package dev.fovea.quantize.numeric;

/**
 * Affine quantization: {@code real = scale · (integer − zero)} (Jacob et al. 2018, <i>Quantization and Training of
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference</i>, eq. 1).
 *
 * @param scale above zero
 * @param zero the zero point
 */
public record Affine(IntegerType type, float scale, int zero) {

    /** What a range without extent is taken for, such as that of a tensor that is always 0. */
    private static final double MIN_SPAN = 1e-6;

    public Affine {
        if (!(scale > 0 && Float.isFinite(scale)) || zero < type.min() || zero > type.max()) {
            throw new IllegalArgumentException("scale %s, zero %d".formatted(scale, zero));
        }
    }

    /** All integers of the type spread over a range; the ends move a little so that zero is exact. */
    public static Affine over(Range range, IntegerType type) {
        double span = Math.max(range.span(), MIN_SPAN);
        float scale = (float) (span / (type.max() - type.min()));
        long zero = Math.round(type.min() - range.low() / scale);
        return new Affine(type, scale, Math.clamp(zero, type.min(), type.max()));
    }

    /** Zero in the middle: for weights, and for activations of processors that want it. */
    public static Affine symmetric(double largest, IntegerType type) {
        return new Affine(type, (float) (Math.max(largest, MIN_SPAN / 2) / type.max()), 0);
    }

    /** The representable range. */
    Range range() {
        return new Range((double) scale * (type.min() - zero), (double) scale * (type.max() - zero));
    }

    /** The nearest integer, ties to even as ONNX rounds. */
    public int quantize(double real) {
        return (int) Math.clamp(Math.rint(real / scale) + zero, type.min(), type.max());
    }

    double dequantize(int integer) {
        return (double) scale * (integer - zero);
    }
}
