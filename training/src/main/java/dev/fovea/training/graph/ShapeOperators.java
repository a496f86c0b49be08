package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.TensorValues;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move elements without changing them. */
final class ShapeOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Reshape", ShapeOperators::reshape,
            "Flatten", ShapeOperators::flatten,
            "Transpose", ShapeOperators::transpose,
            "Squeeze", ShapeOperators::squeeze,
            "Unsqueeze", ShapeOperators::unsqueeze,
            "Concat", ShapeOperators::concat,
            "Pad", ShapeOperators::pad,
            "Shape", ShapeOperators::shape,
            "Constant", ShapeOperators::constant);

    private ShapeOperators() {}

    private static NDArray reshape(OperatorCall call) {
        long[] target = call.has(1) ? call.integers(1) : call.attributes().integers("shape");
        long[] lengths = target.clone();
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] == 0 && call.attributes().integer("allowzero", 0) == 0) {
                lengths[i] = call.shape(0).get(i);
            }
        }
        return call.input(0).reshape(lengths);
    }

    private static NDArray flatten(OperatorCall call) {
        Shape shape = call.shape(0);
        int axis = Math.toIntExact(call.attributes().integer("axis", 1));
        int split = axis < 0 ? axis + shape.dimension() : axis;
        return call.input(0)
                .reshape(shape.slice(0, split).size(), shape.slice(split).size());
    }

    private static NDArray transpose(OperatorCall call) {
        int rank = call.shape(0).dimension();
        long[] reversed = LongStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        int[] order = Arrays.stream(call.attributes().integers("perm", reversed))
                .mapToInt(Math::toIntExact)
                .toArray();
        return call.input(0).transpose(order);
    }

    private static NDArray squeeze(OperatorCall call) {
        Shape shape = call.shape(0);
        long[] ones = LongStream.range(0, shape.dimension())
                .filter(i -> shape.get((int) i) == 1)
                .toArray();
        return call.input(0).squeeze(absolute(call.axes(1, ones), shape.dimension()));
    }

    private static NDArray unsqueeze(OperatorCall call) {
        long[] axes = call.axes(1);
        NDArray x = call.input(0);
        for (int axis : absolute(axes, call.shape(0).dimension() + axes.length)) {
            x = x.expandDims(axis);
        }
        return x;
    }

    private static int[] absolute(long[] axes, int rank) {
        return Arrays.stream(axes)
                .mapToInt(axis -> (int) Math.floorMod(axis, (long) rank))
                .sorted()
                .toArray();
    }

    private static NDArray concat(OperatorCall call) {
        NDList parts = new NDList();
        IntStream.range(0, call.inputs().size()).mapToObj(call::input).forEach(parts::add);
        NDArray first = parts.remove(0);
        int axis = Math.toIntExact(call.attributes().integer("axis", 0));
        return first.getNDArrayInternal()
                .concat(parts, axis < 0 ? axis + first.getShape().dimension() : axis);
    }

    /** ONNX lists all beginnings, then all ends; the engine wants pairs from the last axis backwards. */
    private static NDArray pad(OperatorCall call) {
        long[] pads = call.has(1) ? call.integers(1) : call.attributes().integers("pads");
        if (!call.attributes().text("mode", "constant").equals("constant") || call.has(3)) {
            throw call.unsupported("only constant padding of all axes is trained");
        }
        int rank = pads.length / 2;
        long[] pairs = new long[pads.length];
        for (int axis = 0; axis < rank; axis++) {
            pairs[2 * (rank - 1 - axis)] = pads[axis];
            pairs[2 * (rank - 1 - axis) + 1] = pads[axis + rank];
        }
        return call.input(0)
                .pad(new Shape(pairs), call.number(2, call.attributes().number("value", 0)));
    }

    private static NDArray shape(OperatorCall call) {
        return call.input(0).getManager().create(call.shape(0).getShape());
    }

    private static NDArray constant(OperatorCall call) {
        NDManager manager = call.values().values().iterator().next().getManager();
        return call.attributes()
                .tensor("value")
                .map(tensor -> array(manager, tensor))
                .orElseThrow(() -> call.unsupported("its value is not a tensor"));
    }

    /** An array of a stored tensor: float or integer. */
    static NDArray array(NDManager manager, TensorProto tensor) {
        Shape shape = new Shape(TensorValues.shape(tensor));
        return TensorValues.isFloat(tensor)
                ? manager.create(TensorValues.floats(tensor), shape)
                : manager.create(TensorValues.longs(tensor), shape);
    }
}
