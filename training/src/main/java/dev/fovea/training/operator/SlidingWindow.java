package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The sliding window of a convolution or a pooling over the axes height and width.
 *
 * @param kernel height and width
 * @param strides per axis
 * @param dilations per axis
 * @param before padding at the top and at the left
 * @param after padding at the bottom and at the right
 */
record SlidingWindow(long[] kernel, long[] strides, long[] dilations, long[] before, long[] after) {

    /** Reads the attributes; {@code auto_pad} is resolved for the input's own size. */
    static SlidingWindow of(OperatorCall call, long[] kernel) {
        if (kernel.length != 2 || call.shape(0).dimension() != 4) {
            throw call.unsupported("it works on %d axes, not on height and width".formatted(kernel.length));
        }
        long[] strides = call.attributes().integers("strides", 1, 1);
        long[] dilations = call.attributes().integers("dilations", 1, 1);
        String auto = call.attributes().text("auto_pad", "NOTSET");
        if (auto.startsWith("SAME")) {
            return same(call.shape(0), kernel, strides, dilations, auto.equals("SAME_UPPER"));
        }
        long[] pads = auto.equals("VALID") ? new long[4] : call.attributes().integers("pads", 0, 0, 0, 0);
        return new SlidingWindow(
                kernel, strides, dilations, Arrays.copyOfRange(pads, 0, 2), Arrays.copyOfRange(pads, 2, 4));
    }

    /** ONNX, Conv: the output is ceil(input / stride); an odd pixel of padding goes to the end for SAME_UPPER. */
    private static SlidingWindow same(Shape input, long[] kernel, long[] strides, long[] dilations, boolean upper) {
        long[] before = new long[2];
        long[] after = new long[2];
        for (int axis = 0; axis < 2; axis++) {
            long size = input.get(axis + 2);
            long outputs = Math.ceilDiv(size, strides[axis]);
            long reach = (kernel[axis] - 1) * dilations[axis] + 1;
            long total = Math.max(0, (outputs - 1) * strides[axis] + reach - size);
            before[axis] = upper ? total / 2 : Math.ceilDiv(total, 2L);
            after[axis] = total - before[axis];
        }
        return new SlidingWindow(kernel, strides, dilations, before, after);
    }

    boolean symmetric() {
        return Arrays.equals(before, after);
    }

    boolean dilated() {
        return dilations[0] != 1 || dilations[1] != 1;
    }

    boolean unpadded() {
        return symmetric() && before[0] == 0 && before[1] == 0;
    }

    /** The input with asymmetric padding applied, as the engine pads symmetrically only. */
    NDArray padded(NDArray input, double value) {
        return symmetric() ? input : surrounded(input, value);
    }

    /** The input with all its padding. */
    NDArray surrounded(NDArray input, double value) {
        return unpadded() ? input : input.pad(new Shape(before[1], after[1], before[0], after[0]), value);
    }

    /** What padding is left for the engine. */
    Shape enginePadding() {
        return symmetric() ? new Shape(before) : new Shape(0, 0);
    }
}
