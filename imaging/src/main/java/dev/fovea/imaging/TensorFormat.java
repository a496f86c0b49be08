package dev.fovea.imaging;

import static dev.fovea.imaging.PreprocessingContract.require;

import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import java.util.Collections;
import java.util.List;

/**
 * What the network's input tensor holds. The value of one element is {@code (byte * scale - mean[c]) / std[c]}, with
 * {@code c} counted in the order of the contract's {@link ColorOrder}.
 *
 * @param scale factor on the 8-bit value, usually 1/255
 * @param mean per channel, subtracted after scaling
 * @param std per channel, the divisor; none is zero
 * @param layout the order of the tensor's axes
 * @param type the tensor's element type
 */
public record TensorFormat(double scale, List<Double> mean, List<Double> std, Layout layout, ElementType type) {

    /** The order of the tensor's axes. */
    public enum Layout {
        NCHW,
        NHWC
    }

    /** The type of the tensor's elements. */
    public enum ElementType {
        FLOAT32(4),
        FLOAT16(2),
        UINT8(1);

        private final int bytes;

        ElementType(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes per element. */
        public int bytes() {
            return bytes;
        }
    }

    public TensorFormat {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        require(Double.isFinite(scale) && scale != 0, "scale is %s; it must be a number other than 0".formatted(scale));
        requireFinite("mean", mean);
        requireFinite("std", std);
        require(std.stream().allMatch(s -> s != 0), "std %s contains a 0, which would divide by zero".formatted(std));
    }

    /** Values from 0 to 1 in planes of 32-bit floats: the defaults of a contract. */
    public static TensorFormat defaults(ColorOrder color) {
        return new TensorFormat(
                1 / 255.0,
                Collections.nCopies(color.channels(), 0.0),
                Collections.nCopies(color.channels(), 1.0),
                Layout.NCHW,
                ElementType.FLOAT32);
    }

    TensorFormat withType(ElementType other) {
        return new TensorFormat(scale, mean, std, layout, other);
    }

    private static void requireFinite(String name, List<Double> values) {
        require(
                values.stream().allMatch(Double::isFinite),
                "%s %s contains a value that is not finite".formatted(name, values));
    }
}
