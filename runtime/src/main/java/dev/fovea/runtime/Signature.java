package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network takes and gives.
 *
 * @param inputs in the graph's order
 * @param outputs in the graph's order
 * @param batches whether the first axis of all of them is the batch, of any length
 */
public record Signature(List<TensorMetadata> inputs, List<TensorMetadata> outputs, boolean batches) {

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * The given tensors in the order of the inputs.
     *
     * @throws FoveaException {@code TENSOR_INVALID} for one that is missing, unknown or given twice, of another type or
     *     shape, or whose bytes are not what its shape announces
     */
    public List<Tensor> require(List<Tensor> given) {
        Map<String, Tensor> byName = new HashMap<>();
        for (Tensor tensor : given) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw invalid("The input \"%s\" is given twice.".formatted(tensor.name()));
            }
        }
        List<Tensor> ordered = new ArrayList<>(inputs.size());
        for (TensorMetadata input : inputs) {
            Tensor tensor = byName.remove(input.name());
            if (tensor == null) {
                throw invalid("The input \"%s\" is missing; the model takes %s.".formatted(input.name(), inputs));
            }
            requireFit(tensor, input);
            ordered.add(tensor);
        }
        if (!byName.isEmpty()) {
            throw invalid("The model has no input %s; it takes %s.".formatted(byName.keySet(), inputs));
        }
        requireSameBatch(ordered);
        return ordered;
    }

    private static void requireFit(Tensor tensor, TensorMetadata input) {
        boolean fits = tensor.type() == input.type() && tensor.shape().length == input.shape().length;
        for (int axis = 0; fits && axis < input.shape().length; axis++) {
            fits = input.shape()[axis] < 0 || input.shape()[axis] == tensor.shape()[axis];
        }
        if (!fits) {
            throw invalid("The input %s is given as %s.".formatted(input, tensor));
        }
        long elements = tensor.elements();
        if (tensor.type() == DataType.BYTES) {
            ByteStrings.unpack(tensor);
        } else if (tensor.bytes().remaining() != elements * tensor.type().size()) {
            throw invalid("The input \"%s\" has %d bytes where %s announces %d."
                    .formatted(
                            tensor.name(),
                            tensor.bytes().remaining(),
                            tensor,
                            elements * tensor.type().size()));
        }
    }

    private void requireSameBatch(List<Tensor> ordered) {
        if (!batches) {
            return;
        }
        long items = ordered.getFirst().shape()[0];
        for (Tensor tensor : ordered) {
            if (tensor.shape()[0] != items || items == 0) {
                throw invalid("The inputs %s must hold the same number of items, one at least, along their first axis."
                        .formatted(ordered));
            }
        }
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.TENSOR_INVALID, message);
    }
}
