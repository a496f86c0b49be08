package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.function.BiFunction;

/** Matrix products and what stands at the end of a classifier. */
final class LinearOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Gemm", LinearOperators::gemm,
            "MatMul", call -> call.input(0).matMul(call.input(1)),
            "Einsum",
                    call -> EinsteinSum.of(call.attributes().text("equation", ""))
                            .apply(call),
            "Softmax", call -> along(call, NDArray::softmax),
            "LogSoftmax", call -> along(call, NDArray::logSoftmax));

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
    private static NDArray along(OperatorCall call, BiFunction<NDArray, Integer, NDArray> function) {
        NDArray x = call.input(0);
        Shape shape = x.getShape();
        if (call.opset() >= 13) {
            return function.apply(x, call.axis(-1, shape.dimension()));
        }
        long rows = shape.slice(0, call.axis(1, shape.dimension())).size();
        return function.apply(x.reshape(rows, shape.size() / Math.max(1, rows)), 1)
                .reshape(shape);
    }
}
