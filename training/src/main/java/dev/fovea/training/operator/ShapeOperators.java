package dev.fovea.training.operator;

import static java.util.Map.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that arrange elements anew without choosing among them. */
final class ShapeOperators {

    static final Map<String, Operator> ALL = Map.ofEntries(
            entry("Identity", call -> call.input(0)),
            entry("Reshape", ShapeOperators::reshape),
            entry("Flatten", ShapeOperators::flatten),
            entry("Transpose", ShapeOperators::transpose),
            entry("Squeeze", ShapeOperators::squeeze),
            entry("Unsqueeze", ShapeOperators::unsqueeze),
            entry("Concat", ShapeOperators::concat),
            entry("Expand", ShapeOperators::expand),
            entry("Tile", call -> call.input(0).tile(call.integers(1))),
            entry("DepthToSpace", ShapeOperators::depthToSpace),
            entry("SpaceToDepth", ShapeOperators::spaceToDepth));

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
        int rank = call.rank(0);
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
        int[] axes = absolute(call.axes(1, ones), shape.dimension());
        long[] kept = IntStream.range(0, shape.dimension())
                .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
                .mapToLong(shape::get)
                .toArray();
        return call.input(0).reshape(kept);
    }

    private static NDArray unsqueeze(OperatorCall call) {
        long[] axes = call.axes(1);
        NDArray x = call.input(0);
        for (int axis : absolute(axes, call.rank(0) + axes.length)) {
            x = x.expandDims(axis);
        }
        return x;
    }

    /** Axes counted from the front, sorted. */
    static int[] absolute(long[] axes, int rank) {
        int[] sorted = absoluteInOrder(axes, rank);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Axes counted from the front, in the order given. */
    static int[] absoluteInOrder(long[] axes, int rank) {
        return Arrays.stream(axes)
                .mapToInt(axis -> (int) Math.floorMod(axis, (long) rank))
                .toArray();
    }

    private static NDArray concat(OperatorCall call) {
        NDList parts = new NDList();
        IntStream.range(0, call.inputs().size()).mapToObj(call::input).forEach(parts::add);
        NDArray first = parts.remove(0);
        return parts.isEmpty()
                ? first
                : first.getNDArrayInternal()
                        .concat(parts, call.axis(0, first.getShape().dimension()));
    }

    private static NDArray expand(OperatorCall call) {
        return call.input(0).broadcast(Broadcasting.of(call.shape(0), new Shape(call.integers(1))));
    }

    private static NDArray depthToSpace(OperatorCall call) {
        long[] s = call.shape(0).getShape();
        long block = call.attributes().integer("blocksize", 1);
        long channels = s[1] / (block * block);
        boolean columns = call.attributes().text("mode", "DCR").equals("CRD");
        NDArray split = columns
                ? call.input(0)
                        .reshape(s[0], channels, block, block, s[2], s[3])
                        .transpose(0, 1, 4, 2, 5, 3)
                : call.input(0)
                        .reshape(s[0], block, block, channels, s[2], s[3])
                        .transpose(0, 3, 4, 1, 5, 2);
        return split.reshape(s[0], channels, s[2] * block, s[3] * block);
    }

    private static NDArray spaceToDepth(OperatorCall call) {
        long[] s = call.shape(0).getShape();
        long block = call.attributes().integer("blocksize", 1);
        return call.input(0)
                .reshape(s[0], s[1], s[2] / block, block, s[3] / block, block)
                .transpose(0, 3, 5, 1, 2, 4)
                .reshape(s[0], s[1] * block * block, s[2] / block, s[3] / block);
    }
}
