package dev.fovea.quantize.numeric;

/**
 * How integers stand for real numbers: {@code real = scale · (integer − zero)} (Jacob et al. 2018, <i>Quantization and
 * Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference</i>, eq. 1).
 *
 * @param scale above zero
 * @param zero the integer that stands for 0
 */
public record Affine(IntegerType type, float scale, int zero) {

    /** What a range without extent is taken for, such as that of a tensor that is always 0. */
    private static final double LEAST_SPAN = 1e-6;

    public Affine {
        if (!(scale > 0 && Float.isFinite(scale)) || zero < type.least() || zero > type.most()) {
            throw new IllegalArgumentException("scale %s, zero %d".formatted(scale, zero));
        }
    }

    /** All integers of the type spread over a range; the ends move a little so that zero is exact. */
    public static Affine over(Range range, IntegerType type) {
        double span = Math.max(range.span(), LEAST_SPAN);
        float scale = (float) (span / (type.most() - type.least()));
        long zero = Math.round(type.least() - range.low() / scale);
        return new Affine(type, scale, Math.clamp(zero, type.least(), type.most()));
    }

    /** Zero in the middle: for weights, and for activations of processors that want it. */
    public static Affine symmetric(double largest, IntegerType type) {
        return new Affine(type, (float) (Math.max(largest, LEAST_SPAN / 2) / type.most()), 0);
    }

    /** What the integers can stand for. */
    Range range() {
        return new Range((double) scale * (type.least() - zero), (double) scale * (type.most() - zero));
    }

    /** The nearest integer, ties to even as ONNX rounds. */
    public int quantize(double real) {
        return (int) Math.clamp(Math.rint(real / scale) + zero, type.least(), type.most());
    }

    double dequantize(int integer) {
        return (double) scale * (integer - zero);
    }
}
