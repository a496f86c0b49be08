package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Map;

/**
 * One node about to be computed.
 *
 * @param type the operator's name
 * @param node the node's name, for messages
 * @param attributes of the node
 * @param inputs names in the operator's order; an empty name is an optional input left out
 * @param values every array computed or stored so far, by name; owned by the pass
 * @param opset version of the operator set, which decides what some attributes mean
 * @param training whether normalisation uses the batch and dropout drops
 */
record OperatorCall(
        String type,
        String node,
        NodeAttributes attributes,
        List<String> inputs,
        Map<String, NDArray> values,
        long opset,
        boolean training) {

    boolean has(int index) {
        return index < inputs.size() && !inputs.get(index).isEmpty();
    }

    NDArray input(int index) {
        NDArray value = has(index) ? values.get(inputs.get(index)) : null;
        if (value == null) {
            throw new FoveaException(
                    ErrorCode.MODEL_CORRUPT,
                    "The node %s (%s) lacks its input %d. Export the model again.".formatted(node, type, index));
        }
        return value;
    }

    /** An input with a shape, axes or another short list of integers. */
    long[] integers(int index) {
        NDArray value = input(index);
        return value.getDataType() == DataType.INT64
                ? value.toLongArray()
                : value.toType(DataType.INT64, false).toLongArray();
    }

    /** A scalar input, or ONNX's default if absent. */
    float number(int index, float absent) {
        return has(index) ? input(index).toType(DataType.FLOAT32, false).toFloatArray()[0] : absent;
    }

    /** Axes: an input since operator set 13, an attribute before. */
    long[] axes(int index, long... absent) {
        return has(index) ? integers(index) : attributes.integers("axes", absent);
    }

    Shape shape(int index) {
        return input(index).getShape();
    }

    FoveaException unsupported(String what) {
        return new FoveaException(
                ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                "Training cannot run %s of the node %s: %s. Serve the model as it is, or export it without."
                        .formatted(type, node, what));
    }
}
