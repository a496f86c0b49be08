package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Convolution, pooling and resizing over {@code [N, C, H, W]}. */
final class WindowOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Conv", WindowOperators::convolution,
            "MaxPool", WindowOperators::maxPool,
            "AveragePool", WindowOperators::averagePool,
            "GlobalAveragePool", WindowOperators::globalAveragePool,
            "GlobalMaxPool", call -> expand(call.input(0).getNDArrayInternal().globalMaxPool()),
            "ConvTranspose", TransposedConvolution::apply,
            "Resize", ResizeOperators::resize,
            "Upsample", ResizeOperators::upsample);

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
}
