package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * ConvTranspose, which the engine lacks, as a convolution: zeros between the pixels, the kernel turned by half a circle
 * and its channels exchanged (Dumoulin and Visin 2016, <i>A guide to convolution arithmetic</i>, section 4).
 */
final class TransposedConvolution {

    private TransposedConvolution() {}

    // The engine accepts null for "no bias", although its annotations do not declare it.
    @SuppressWarnings("NullAway")
    static NDArray apply(OperatorCall call) {
        Shape kernel = call.shape(1);
        NodeAttributes attributes = call.attributes();
        long[] strides = attributes.integers("strides", 1, 1);
        long[] dilations = attributes.integers("dilations", 1, 1);
        long[] pads = attributes.integers("pads", 0, 0, 0, 0);
        long[] extra = attributes.integers("output_padding", 0, 0);
        long groups = attributes.integer("group", 1);
        NDArray spread = spread(spread(call.input(0), 2, strides[0]), 3, strides[1]);
        long[] border = new long[4];
        for (int axis = 0; axis < 2; axis++) {
            long reach = (kernel.get(axis + 2) - 1) * dilations[axis];
            border[axis] = reach - pads[axis];
            border[axis + 2] = reach - pads[axis + 2] + extra[axis];
        }
        NDArray input = IndexOperators.padded(
                spread, new long[] {0, 0, border[0], border[1]}, new long[] {0, 0, border[2], border[3]});
        @Nullable NDArray bias = call.has(2) ? call.input(2) : null;
        return input.getNDArrayInternal()
                .convolution(
                        input,
                        turned(call.input(1), groups),
                        bias,
                        new Shape(1, 1),
                        new Shape(0, 0),
                        new Shape(dilations),
                        Math.toIntExact(groups))
                .singletonOrThrow();
    }

    /** {@code stride - 1} zeros between each two elements of an axis. */
    private static NDArray spread(NDArray x, int axis, long stride) {
        if (stride == 1) {
            return x;
        }
        Shape shape = x.getShape();
        long[] lengths = shape.getShape().clone();
        lengths[axis] *= stride;
        // Zeros after each element on an axis of its own, which is then joined with the other.
        int added = axis + 1;
        long[] pairs = new long[2 * (shape.dimension() + 1 - added)];
        pairs[pairs.length - 1] = stride - 1;
        NDArray filled = x.expandDims(added).pad(new Shape(pairs), 0).reshape(lengths);
        return IndexOperators.slice(filled, axis, 0, lengths[axis] - stride + 1);
    }

    /** {@code [in, out/g, h, w]} to {@code [out, in/g, h, w]}, turned by half a circle. */
    private static NDArray turned(NDArray weight, long groups) {
        long[] s = weight.getShape().getShape();
        return weight.reshape(groups, s[0] / groups, s[1], s[2], s[3])
                .transpose(0, 2, 1, 3, 4)
                .reshape(groups * s[1], s[0] / groups, s[2], s[3])
                .flip(2, 3);
    }
}
