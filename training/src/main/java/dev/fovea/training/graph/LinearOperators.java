package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/** Matrix products and what stands at the end of a classifier. */
final class LinearOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Gemm", LinearOperators::gemm,
            "MatMul", call -> call.input(0).matMul(call.input(1)),
            "Softmax", LinearOperators::softmax,
            "ReduceMean", LinearOperators::reduceMean);

    private LinearOperators() {}

    private static NDArray gemm(OperatorCall call) {
        NDArray a = call.attributes().integer("transA", 0) == 1 ? call.input(0).transpose() : call.input(0);
        NDArray b = call.attributes().integer("transB", 0) == 1 ? call.input(1).transpose() : call.input(1);
        NDArray product = scaled(a.matMul(b), call.attributes().number("alpha", 1));
        return call.has(2) ? product.add(scaled(call.input(2), call.attributes().number("beta", 1))) : product;
    }

    private static NDArray scaled(NDArray array, float factor) {
        return factor == 1 ? array : array.mul(factor);
    }

    /** Before operator set 13 the axes from {@code axis} on (1 when absent) were taken as one. */
    private static NDArray softmax(OperatorCall call) {
        NDArray x = call.input(0);
        if (call.opset() >= 13) {
            return x.softmax((int) call.attributes().integer("axis", -1));
        }
        Shape shape = x.getShape();
        int axis = (int) Math.floorMod(call.attributes().integer("axis", 1), (long) shape.dimension());
        long rows = shape.slice(0, axis).size();
        return x.reshape(rows, shape.size() / Math.max(1, rows)).softmax(1).reshape(shape);
    }

    private static NDArray reduceMean(OperatorCall call) {
        NDArray x = call.input(0);
        int rank = x.getShape().dimension();
        long[] axes = call.axes(1, java.util.stream.LongStream.range(0, rank).toArray());
        boolean keep = call.attributes().integer("keepdims", 1) == 1;
        // The engine takes the mean over one axis at a time.
        int[] sorted = java.util.Arrays.stream(axes)
                .mapToInt(axis -> (int) Math.floorMod(axis, (long) rank))
                .sorted()
                .toArray();
        for (int i = sorted.length - 1; i >= 0; i--) {
            x = x.mean(new int[] {sorted[i]}, keep);
        }
        return x;
    }
}
