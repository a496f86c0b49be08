package dev.fovea.quantize;

/**
 * Sizes of the model's file.
 *
 * @param original bytes
 * @param quantized bytes
 */
public record FileSizes(long original, long quantized) {

    /** The quantized file as a fraction of the original. */
    public double ratio() {
        return (double) quantized / original;
    }
}
