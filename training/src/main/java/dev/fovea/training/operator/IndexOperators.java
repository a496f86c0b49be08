package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that choose elements by their place. */
final class IndexOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Gather", IndexOperators::gather,
            "GatherElements", IndexOperators::gatherElements,
            "Slice", IndexOperators::slice,
            "Split", IndexOperators::split,
            "Pad", IndexOperators::pad);

    private IndexOperators() {}

    /** Elements {@code from} to {@code to}, exclusive, along an axis. */
    static NDArray slice(NDArray x, int axis, long from, long to) {
        return from == 0 && to == x.getShape().get(axis) ? x : x.get(NDIndex.sliceAxis(axis, from, to));
    }

    /** The elements with these indices along an axis, in this order. */
    static NDArray taken(NDArray x, int axis, long[] indices) {
        boolean isRun = indices.length > 0
                && IntStream.range(1, indices.length).allMatch(i -> indices[i] == indices[i - 1] + 1);
        if (isRun) {
            return slice(x, axis, indices[0], indices[0] + indices.length);
        }
        long[] lengths = x.getShape().getShape().clone();
        lengths[axis] = indices.length;
        long[] alone = new long[lengths.length];
        Arrays.fill(alone, 1);
        alone[axis] = indices.length;
        NDArray index = x.getManager().create(indices, new Shape(alone)).broadcast(new Shape(lengths));
        return x.gather(index, axis);
    }

    private static NDArray gather(OperatorCall call) {
        NDArray x = call.input(0);
        Shape shape = x.getShape();
        int axis = call.axis(0, shape.dimension());
        long length = shape.get(axis);
        long[] indices =
                LongStream.of(call.integers(1)).map(i -> i < 0 ? i + length : i).toArray();
        long[] result = LongStream.concat(
                        LongStream.concat(
                                LongStream.of(shape.slice(0, axis).getShape()),
                                LongStream.of(call.shape(1).getShape())),
                        LongStream.of(shape.slice(axis + 1).getShape()))
                .toArray();
        return taken(x, axis, indices).reshape(result);
    }

    private static NDArray gatherElements(OperatorCall call) {
        NDArray x = call.input(0);
        int axis = call.axis(0, x.getShape().dimension());
        long length = x.getShape().get(axis);
        long[] indices =
                LongStream.of(call.integers(1)).map(i -> i < 0 ? i + length : i).toArray();
        return x.gather(call.pass().create(indices, call.shape(1)), axis);
    }

    /** Bounds and axes are inputs since operator set 10, attributes before. */
    private static NDArray slice(OperatorCall call) {
        NDArray x = call.input(0);
        long[] starts = call.has(1) ? call.integers(1) : call.attributes().integers("starts");
        long[] ends = call.has(2) ? call.integers(2) : call.attributes().integers("ends");
        long[] all = LongStream.range(0, starts.length).toArray();
        long[] axes = call.axes(3, all);
        long[] ones = new long[starts.length];
        Arrays.fill(ones, 1);
        long[] steps = call.integersOr(4, ones);
        for (int i = 0; i < starts.length; i++) {
            int axis = (int) Math.floorMod(axes[i], (long) call.rank(0));
            x = sliced(x, axis, starts[i], ends[i], steps[i]);
        }
        return x;
    }

    private static NDArray sliced(NDArray x, int axis, long start, long end, long step) {
        long length = x.getShape().get(axis);
        long first = start < 0 ? start + length : start;
        // An end far below zero means "to the very first", where a step goes backwards.
        long last = end < 0 ? Math.max(end, -length - 1) + length : end;
        if (step < 0) {
            long from = Math.clamp(first, -1, length - 1);
            long to = Math.clamp(last, -1, length - 1);
            long count = Math.max(0, Math.ceilDiv(to - from, step));
            return taken(
                    x,
                    axis,
                    LongStream.range(0, count).map(i -> from + i * step).toArray());
        }
        long from = Math.clamp(first, 0, length);
        long to = Math.clamp(last, from, length);
        return step == 1
                ? slice(x, axis, from, to)
                : x.get(new NDIndex().addAllDim(axis).addSliceDim(from, to, step));
    }

    /** Sizes are an input since operator set 13, an attribute before; without them the parts are equal but the last. */
    private static NDArray split(OperatorCall call) {
        NDArray x = call.input(0);
        int axis = call.axis(0, x.getShape().dimension());
        long length = x.getShape().get(axis);
        int parts = call.node().getOutputCount();
        long[] equal = new long[parts];
        Arrays.fill(equal, Math.ceilDiv(length, (long) parts));
        long[] sizes = call.has(1) ? call.integers(1) : call.attributes().integers("split", equal);
        long from = LongStream.of(sizes).limit(call.output()).sum();
        return slice(x, axis, from, Math.min(length, from + sizes[call.output()]));
    }

    private static NDArray pad(OperatorCall call) {
        int rank = call.rank(0);
        long[] pads = call.has(1) ? call.integers(1) : call.attributes().integers("pads");
        int[] axes = ShapeOperators.absoluteInOrder(
                call.integersOr(3, LongStream.range(0, rank).toArray()), rank);
        long[] before = new long[rank];
        long[] after = new long[rank];
        for (int i = 0; i < axes.length; i++) {
            before[axes[i]] = pads[i];
            after[axes[i]] = pads[i + axes.length];
        }
        String mode = call.attributes().text("mode", "constant");
        if (mode.equals("constant")) {
            float value = call.number(2, call.attributes().number("value", 0));
            return padded(call.input(0), before, after, value);
        }
        NDArray x = call.input(0);
        for (int axis = 0; axis < rank; axis++) {
            if (before[axis] != 0 || after[axis] != 0) {
                long length = x.getShape().get(axis);
                long[] sources = LongStream.range(-before[axis], length + after[axis])
                        .map(i -> source(mode, i, length))
                        .toArray();
                x = taken(x, axis, sources);
            }
        }
        return x;
    }

    /** Which element stands at a place beyond the borders. */
    private static long source(String mode, long place, long length) {
        return switch (mode) {
            case "edge" -> Math.clamp(place, 0, length - 1);
            case "wrap" -> Math.floorMod(place, length);
            default -> { // reflect, without repeating the border
                long period = Math.max(1, 2 * (length - 1));
                long within = Math.floorMod(place, period);
                yield Math.min(within, period - within);
            }
        };
    }

    /** Zeros around; negative lengths cut off. */
    static NDArray padded(NDArray x, long[] before, long[] after) {
        return padded(x, before, after, 0);
    }

    /** The engine wants pairs from the last axis backwards. */
    private static NDArray padded(NDArray x, long[] before, long[] after, float value) {
        int rank = before.length;
        NDArray result = x;
        long[] pairs = new long[2 * rank];
        boolean grows = false;
        for (int axis = 0; axis < rank; axis++) {
            long length = x.getShape().get(axis);
            result = slice(result, axis, Math.max(0, -before[axis]), length - Math.max(0, -after[axis]));
            pairs[2 * (rank - 1 - axis)] = Math.max(0, before[axis]);
            pairs[2 * (rank - 1 - axis) + 1] = Math.max(0, after[axis]);
            grows |= before[axis] > 0 || after[axis] > 0;
        }
        return grows ? result.pad(new Shape(pairs), value) : result;
    }
}
