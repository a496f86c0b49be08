package dev.fovea.training.operator;

import static java.util.Map.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sums, means and extremes over axes. */
final class ReductionOperators {

    static final Map<String, Operator> ALL = Map.ofEntries(
            entry("ReduceMean", call -> reduced(call, call.input(0), ReductionOperators::mean)),
            entry("ReduceSum", call -> reduced(call, call.input(0), NDArray::sum)),
            entry("ReduceSumSquare", call -> reduced(call, call.input(0).square(), NDArray::sum)),
            entry("ReduceL1", call -> reduced(call, call.input(0).abs(), NDArray::sum)),
            entry(
                    "ReduceL2",
                    call -> reduced(call, call.input(0).square(), NDArray::sum).sqrt()),
            entry("ReduceLogSumExp", call -> reduced(call, call.input(0), ReductionOperators::logSumExp)),
            entry("ReduceMax", call -> reduced(call, call.input(0), each(NDArray::max))),
            entry("ReduceMin", call -> reduced(call, call.input(0), each(NDArray::min))),
            entry("ReduceProd", call -> reduced(call, call.input(0), each(NDArray::prod))),
            entry("ArgMax", call -> chosen(call, call.input(0))),
            entry("ArgMin", call -> chosen(call, call.input(0).neg())),
            entry("CumSum", ReductionOperators::cumulated));

    /** Reduces sorted axes and keeps them with length 1 or not. */
    @FunctionalInterface
    private interface Reduction {
        NDArray apply(NDArray x, int[] axes, boolean keep);
    }

    private ReductionOperators() {}

    private static NDArray reduced(OperatorCall call, NDArray x, Reduction reduction) {
        int rank = x.getShape().dimension();
        long[] axes = call.axes(1);
        if (axes.length == 0) {
            if (call.attributes().integer("noop_with_empty_axes", 0) == 1) {
                return x;
            }
            axes = LongStream.range(0, rank).toArray();
        }
        boolean keep = call.attributes().integer("keepdims", 1) == 1;
        int[] sorted = ShapeOperators.absolute(axes, rank);
        return sorted.length == 0 ? x : reduction.apply(x, sorted, keep);
    }

    private static NDArray mean(NDArray x, int[] axes, boolean keep) {
        long count = IntStream.of(axes).mapToLong(x.getShape()::get).reduce(1, (a, b) -> a * b);
        return x.sum(axes, keep).div(count);
    }

    private static NDArray logSumExp(NDArray x, int[] axes, boolean keep) {
        NDArray highest = each(NDArray::max).apply(x.stopGradient(), axes, true);
        NDArray log = x.sub(highest).exp().sum(axes, true).log().add(highest);
        return keep ? log : log.squeeze(axes);
    }

    /** For what the engine does along one axis at a time. */
    private static Reduction each(Reduction one) {
        return (x, axes, keep) -> {
            NDArray result = x;
            for (int i = axes.length - 1; i >= 0; i--) {
                result = one.apply(result, new int[] {axes[i]}, keep);
            }
            return result;
        };
    }

    private static NDArray chosen(OperatorCall call, NDArray x) {
        if (call.attributes().integer("select_last_index", 0) == 1) {
            throw call.unsupported("it takes the last of equal values");
        }
        int axis = call.axis(0, x.getShape().dimension());
        NDArray index = x.argMax(axis);
        return call.attributes().integer("keepdims", 1) == 1 ? index.expandDims(axis) : index;
    }

    private static NDArray cumulated(OperatorCall call) {
        if (call.attributes().integer("exclusive", 0) == 1 || call.attributes().integer("reverse", 0) == 1) {
            throw call.unsupported("it is exclusive or reversed");
        }
        NDArray x = call.input(0);
        DataType type = x.getDataType();
        int axis = (int) Math.floorMod(call.integers(1)[0], (long) x.getShape().dimension());
        return x.cumSum(axis).toType(type, false);
    }
}
