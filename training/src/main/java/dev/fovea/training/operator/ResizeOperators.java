package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fovea.training.operator.InterpolationWeights.Interpolation;
import dev.fovea.training.operator.InterpolationWeights.Rule;

/** Resize and its predecessor Upsample, axis by axis. */
final class ResizeOperators {

    private ResizeOperators() {}

    /** Operator set 10 had the scales as input 1, and took the pixel at the left. */
    static NDArray resize(OperatorCall call) {
        if (call.opset() < 11) {
            return scaled(call, call.numbers(1), Rule.of(call.attributes(), "asymmetric", "floor"));
        }
        Rule rule = Rule.of(call.attributes(), "half_pixel", "round_prefer_floor");
        if (call.has(2) && call.input(2).size() > 0) {
            return scaled(call, call.numbers(2), rule);
        }
        long[] sizes = call.integers(3);
        NDArray x = call.input(0);
        for (int axis = 0; axis < sizes.length; axis++) {
            long length = x.getShape().get(axis);
            x = along(call, x, axis, sizes[axis], (double) sizes[axis] / length, rule);
        }
        return x;
    }

    /** Scales were an attribute until operator set 8. */
    static NDArray upsample(OperatorCall call) {
        float[] scales = call.has(1) ? call.numbers(1) : call.attributes().numbers("scales");
        return scaled(call, scales, Rule.of(call.attributes(), "asymmetric", "floor"));
    }

    private static NDArray scaled(OperatorCall call, float[] scales, Rule rule) {
        NDArray x = call.input(0);
        for (int axis = 0; axis < scales.length; axis++) {
            long size = (long) Math.floor(x.getShape().get(axis) * (double) scales[axis]);
            x = along(call, x, axis, size, scales[axis], rule);
        }
        return x;
    }

    private static NDArray along(OperatorCall call, NDArray x, int axis, long size, double scale, Rule rule) {
        Shape shape = x.getShape();
        if (shape.get(axis) == size && scale == 1) {
            return x;
        }
        InterpolationWeights weights =
                new InterpolationWeights(Math.toIntExact(shape.get(axis)), Math.toIntExact(size), scale, rule);
        if (rule.mode() == Interpolation.NEAREST) {
            return IndexOperators.taken(x, axis, weights.indices());
        }
        NDArray matrix = call.pass().create(weights.matrix(), new Shape(size, shape.get(axis)));
        int last = shape.dimension() - 1;
        return axis == last
                ? x.matMul(matrix.transpose())
                : matrix.matMul(x.swapAxes(axis, last - 1)).swapAxes(axis, last - 1);
    }
}
