package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Convolution, pooling and batch normalisation over {@code [N, C, H, W]}. */
final class WindowOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Conv", WindowOperators::convolution,
            "MaxPool", WindowOperators::maxPool,
            "AveragePool", WindowOperators::averagePool,
            "GlobalAveragePool", WindowOperators::globalAveragePool,
            "GlobalMaxPool", call -> expand(call.input(0).getNDArrayInternal().globalMaxPool()),
            "BatchNormalization", WindowOperators::batchNormalization);

    private WindowOperators() {}

    // The engine accepts null for "no bias", although its annotations do not declare it.
    @SuppressWarnings("NullAway")
    private static NDArray convolution(OperatorCall call) {
        NDArray weight = call.input(1);
        Shape kernel = weight.getShape();
        SlidingWindow window = SlidingWindow.of(call, Arrays.copyOfRange(kernel.getShape(), 2, kernel.dimension()));
        NDArray input = window.padded(call.input(0), 0);
        @Nullable NDArray bias = call.has(2) ? call.input(2) : null;
        return input.getNDArrayInternal()
                .convolution(
                        input,
                        weight,
                        bias,
                        new Shape(window.strides()),
                        window.enginePadding(),
                        new Shape(window.dilations()),
                        (int) call.attributes().integer("group", 1))
                .singletonOrThrow();
    }

    private static NDArray maxPool(OperatorCall call) {
        SlidingWindow window = SlidingWindow.of(call, call.attributes().integers("kernel_shape"));
        if (window.dilated()) {
            throw call.unsupported("its window is dilated");
        }
        NDArray input = window.padded(call.input(0), Double.NEGATIVE_INFINITY);
        return input.getNDArrayInternal()
                .maxPool(
                        new Shape(window.kernel()),
                        new Shape(window.strides()),
                        window.enginePadding(),
                        call.attributes().integer("ceil_mode", 0) == 1);
    }

    private static NDArray averagePool(OperatorCall call) {
        SlidingWindow window = SlidingWindow.of(call, call.attributes().integers("kernel_shape"));
        if (window.dilated()) {
            throw call.unsupported("its window is dilated");
        }
        NDArray input = call.input(0);
        boolean ceil = call.attributes().integer("ceil_mode", 0) == 1;
        NDArray mean = average(window.surrounded(input, 0), window, ceil);
        if (window.unpadded() || call.attributes().integer("count_include_pad", 0) == 1) {
            return mean;
        }
        // The engine always counts padding; pooling a tensor of ones gives the fraction that is not padding.
        Shape shape = input.getShape();
        NDArray ones = input.getManager().ones(new Shape(1, 1, shape.get(2), shape.get(3)));
        return mean.div(average(window.surrounded(ones, 0), window, ceil));
    }

    private static NDArray average(NDArray input, SlidingWindow window, boolean ceil) {
        return input.getNDArrayInternal()
                .avgPool(new Shape(window.kernel()), new Shape(window.strides()), new Shape(0, 0), ceil, true);
    }

    private static NDArray globalAveragePool(OperatorCall call) {
        return expand(call.input(0).getNDArrayInternal().globalAvgPool());
    }

    /** The engine drops the pooled axes, ONNX keeps them with length 1. */
    private static NDArray expand(NDArray pooled) {
        Shape shape = pooled.getShape();
        return shape.dimension() == 4 ? pooled : pooled.reshape(shape.get(0), shape.get(1), 1, 1);
    }

    /** In training the running mean and variance (inputs 3 and 4) are updated in place. */
    private static NDArray batchNormalization(OperatorCall call) {
        NDArray input = call.input(0);
        return input.getNDArrayInternal()
                .batchNorm(
                        input,
                        call.input(3),
                        call.input(4),
                        call.input(1),
                        call.input(2),
                        -1,
                        call.attributes().number("momentum", 0.9f),
                        call.attributes().number("epsilon", 1e-5f),
                        call.training())
                .singletonOrThrow();
    }
}
