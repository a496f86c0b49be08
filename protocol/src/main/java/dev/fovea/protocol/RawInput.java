package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A body without JSON, which is the only input of a model and nothing else. */
public final class RawInput {

    private RawInput() {}

    /**
     * The request, with all outputs as JSON.
     *
     * @throws FoveaException {@code TENSOR_INVALID} when the model has several inputs or the bytes give no shape
     */
    public static InferRequest read(byte[] body, List<TensorMetadata> inputs) {
        if (inputs.size() != 1) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "A raw body can stand for one input but the model has %s. Send JSON with binary tensors behind it."
                            .formatted(inputs));
        }
        TensorMetadata input = inputs.getFirst();
        ByteBuffer bytes = input.type() == DataType.BYTES ? ByteStrings.pack(List.of(body)) : ByteBuffer.wrap(body);
        Tensor tensor = new Tensor(input.name(), input.type(), shape(input, body.length), bytes);
        return new InferRequest("", List.of(tensor), List.of(), InferRequest.Options.DEFAULT);
    }

    private static long[] shape(TensorMetadata input, int length) {
        long[] shape = input.shape().clone();
        long known = Math.max(1, input.type().size());
        int open = -1;
        int opens = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] < 0) {
                open = axis;
                opens++;
            } else {
                known *= shape[axis];
            }
        }
        if (input.type() == DataType.BYTES) {
            Arrays.fill(shape, 1);
            return shape;
        }
        if (opens > 1 || known == 0 || length % known != 0 || length == 0) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "%d raw bytes give no shape for the input %s. Send JSON with the shape.".formatted(length, input));
        }
        if (open >= 0) {
            shape[open] = length / known;
        }
        return shape;
    }
}
