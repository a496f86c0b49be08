package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.training.kernel.TorchKernels;
import java.util.List;
import java.util.Map;

/**
 * One output of a node about to be computed.
 *
 * @param node of the graph
 * @param attributes of the node
 * @param output index of the output that is wanted
 * @param values every array computed or stored so far, by name; owned by the pass
 * @param pass manager of the arrays of this pass
 * @param opset version of the operator set, which decides what some attributes mean
 * @param mode what the pass is for
 * @param kernels that the engine's own interface lacks
 */
public record OperatorCall(
        NodeProto node,
        NodeAttributes attributes,
        int output,
        Map<String, NDArray> values,
        NDManager pass,
        long opset,
        GraphMode mode,
        TorchKernels kernels) {

    String type() {
        return node.getOpType();
    }

    /** Names in the operator's order; an empty name is an optional input left out. */
    List<String> inputs() {
        return node.getInputList();
    }

    boolean has(int index) {
        return index < node.getInputCount() && !node.getInput(index).isEmpty();
    }

    NDArray input(int index) {
        NDArray value = has(index) ? values.get(node.getInput(index)) : null;
        if (value == null) {
            throw new FoveaException(
                    ErrorCode.MODEL_CORRUPT,
                    "The node %s (%s) lacks its input %d. Export the model again."
                            .formatted(nameOf(node), type(), index));
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

    /** An optional input with a short list of integers. */
    long[] integersOr(int index, long... absent) {
        return has(index) ? integers(index) : absent;
    }

    /** An input with a short list of numbers. */
    float[] numbers(int index) {
        return input(index).toType(DataType.FLOAT32, false).toFloatArray();
    }

    /** A scalar input, or ONNX's default if absent. */
    float number(int index, float absent) {
        return has(index) ? numbers(index)[0] : absent;
    }

    /** Axes: an input since operator set 13 or 18, an attribute before. */
    long[] axes(int index, long... absent) {
        return has(index) ? integers(index) : attributes.integers("axes", absent);
    }

    Shape shape(int index) {
        return input(index).getShape();
    }

    int rank(int index) {
        return shape(index).dimension();
    }

    /** The axis attribute, counted from the front. */
    int axis(long absent, int rank) {
        return Math.toIntExact(Math.floorMod(attributes.integer("axis", absent), (long) rank));
    }

    FoveaException unsupported(String what) {
        return new FoveaException(
                ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                "Training cannot run %s of the node %s: %s. Fit a head on frozen features (--fit head), or export the model without it."
                        .formatted(type(), nameOf(node), what));
    }

    /** The node's own name, or that of what it gives. */
    public static String nameOf(NodeProto node) {
        return node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    }
}
