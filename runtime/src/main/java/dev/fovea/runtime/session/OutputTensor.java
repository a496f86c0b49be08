package dev.fovea.runtime.session;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * One output of a network for one image, without the batch axis.
 *
 * @param shape lengths of the axes
 * @param values the elements, last axis fastest; none is NaN
 */
public record OutputTensor(int[] shape, float[] values) {

    /**
     * Takes an output of the wanted number of axes from those of one image, with or without a batch axis of length 1.
     * {@code DECODER_INVALID} when there is none of that name and shape, {@code INFERENCE_FAILED} for NaN.
     */
    public static OutputTensor of(Map<String, Tensor> outputs, String name, int axes) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new FoveaException(
                    ErrorCode.DECODER_INVALID,
                    "The decoder reads the output \"%s\", which the model does not have; it has %s. Correct the decoder's names."
                            .formatted(name, outputs.keySet()));
        }
        long[] shape = tensor.shape();
        int batch = shape.length - axes;
        if ((batch != 0 && !(batch == 1 && shape[0] == 1)) || tensor.type() == DataType.BYTES) {
            throw unfit(name, shape, "of %d axes per image".formatted(axes));
        }
        float[] values = tensor.floats();
        int[] lengths = Arrays.stream(shape, batch, shape.length)
                .mapToInt(Math::toIntExact)
                .toArray();
        if (values.length != tensor.elements()) {
            throw unfit(name, shape, "that its values fill");
        }
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new FoveaException(
                        ErrorCode.INFERENCE_FAILED,
                        "The network's output \"%s\" for this image holds values that are not a number."
                                .formatted(name));
            }
        }
        return new OutputTensor(lengths, values);
    }

    /**
     * Takes an output of one number for each pixel, as {@code [height, width]}: {@code [1,1,h,w]}, {@code [1,h,w,1]},
     * {@code [1,h,w]} or {@code [h,w]}. Errors as of {@link #of}.
     */
    public static OutputTensor plane(Map<String, Tensor> outputs, String name) {
        Tensor tensor = outputs.get(name);
        long[] shape = tensor == null ? new long[0] : tensor.shape();
        OutputTensor output = of(outputs, name, Math.clamp(shape.length - 1, 2, 3));
        if (output.shape.length == 2) {
            return output;
        }
        boolean first = output.length(0) == 1;
        output.require(first || output.length(2) == 1, name, "of one number for each pixel");
        int[] plane =
                first ? new int[] {output.length(1), output.length(2)} : new int[] {output.length(0), output.length(1)};
        return new OutputTensor(plane, output.values());
    }

    /** Length of an axis. */
    public int length(int axis) {
        return shape[axis];
    }

    /** Fails with {@code DECODER_INVALID} unless a condition on the shape holds. */
    public OutputTensor require(boolean holds, String name, String wanted) {
        if (!holds) {
            throw unfit(name, Arrays.stream(shape).asLongStream().toArray(), wanted);
        }
        return this;
    }

    private static FoveaException unfit(String name, long[] shape, String wanted) {
        return new FoveaException(
                ErrorCode.DECODER_INVALID,
                "The output \"%s\" has the shape %s, but the decoder needs one %s. Is it the right kind of decoder?"
                        .formatted(name, Arrays.toString(shape), wanted));
    }
}
