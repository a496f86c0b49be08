package dev.fovea.quantize.numeric;

/**
 * Which integers are used for what.
 *
 * @param activations of inner tensors
 * @param weights of kernels; symmetric, one scale for each output channel
 */
public record Scheme(IntegerType activations, IntegerType weights) {

    /** Unsigned by signed bytes: the fastest with VNNI. */
    public static final Scheme U8S8 = new Scheme(IntegerType.U8, IntegerType.S8);

    /** Signed by signed bytes. */
    public static final Scheme S8S8 = new Scheme(IntegerType.S8, IntegerType.S8);

    /** Unsigned by seven bits: exact where products are summed in 16 bits, as with AVX2. */
    public static final Scheme U8S7 = new Scheme(IntegerType.U8, IntegerType.S7);

    @Override
    public String toString() {
        return activations + "×" + weights;
    }
}
