package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/** Normalisation by batch, layer, instance, group and neighbouring channels. */
final class NormalizationOperators {

    static final Map<String, Operator> ALL = Map.of(
            "BatchNormalization", NormalizationOperators::batch,
            "LayerNormalization", NormalizationOperators::layer,
            "InstanceNormalization", NormalizationOperators::instance,
            "GroupNormalization", NormalizationOperators::group,
            "LpNormalization", NormalizationOperators::vector,
            "LRN", NormalizationOperators::localResponse);

    private NormalizationOperators() {}

    /** In learning the running mean and variance (inputs 3 and 4) are updated in place. */
    private static NDArray batch(OperatorCall call) {
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
                        epsilon(call),
                        call.mode().normalisesByBatch())
                .singletonOrThrow();
    }

    private static float epsilon(OperatorCall call) {
        return call.attributes().number("epsilon", 1e-5f);
    }

    /** Ba et al. 2016, <i>Layer Normalization</i>, over the axes from {@code axis} on. */
    private static NDArray layer(OperatorCall call) {
        Shape shape = call.shape(0);
        Shape normalized = shape.slice(call.axis(-1, shape.dimension()));
        if (call.shape(1).size() != normalized.size()) {
            throw call.unsupported("its scale %s is not one of %s".formatted(call.shape(1), normalized));
        }
        NDArray scale = call.input(1).reshape(normalized);
        NDArray bias =
                call.has(2) ? call.input(2).reshape(normalized) : call.pass().zeros(normalized);
        return layer(call, call.input(0), scale, bias);
    }

    private static NDArray layer(OperatorCall call, NDArray x, NDArray scale, NDArray bias) {
        return x.getNDArrayInternal()
                .layerNorm(x, scale.getShape(), scale, bias, epsilon(call))
                .singletonOrThrow();
    }

    private static NDArray instance(OperatorCall call) {
        return grouped(call, call.shape(0).get(1), call.input(1), call.input(2));
    }

    /** Scale and bias are of each group until operator set 20, of each channel from 21 on. */
    private static NDArray group(OperatorCall call) {
        long groups = call.attributes().integer("num_groups", 1);
        long channels = call.shape(0).get(1);
        return grouped(call, groups, perChannel(call.input(1), channels), perChannel(call.input(2), channels));
    }

    private static NDArray perChannel(NDArray values, long channels) {
        long each = channels / values.size();
        return each == 1
                ? values
                : values.expandDims(1).broadcast(values.size(), each).reshape(channels);
    }

    /** Wu and He 2018, <i>Group Normalization</i>; an instance is a group of one channel. */
    private static NDArray grouped(OperatorCall call, long groups, NDArray scale, NDArray bias) {
        Shape shape = call.shape(0);
        NDArray x = call.input(0).reshape(shape.get(0), groups, -1);
        Shape each = new Shape(x.getShape().get(2));
        NDArray normalized =
                layer(call, x, call.pass().ones(each), call.pass().zeros(each)).reshape(shape);
        long[] channels = new long[shape.dimension() - 1];
        java.util.Arrays.fill(channels, 1);
        channels[0] = shape.get(1);
        return normalized.mul(scale.reshape(channels)).add(bias.reshape(channels));
    }

    private static NDArray vector(OperatorCall call) {
        NDArray x = call.input(0);
        int[] axis = {call.axis(-1, x.getShape().dimension())};
        NDArray length = call.attributes().integer("p", 2) == 1
                ? x.abs().sum(axis, true)
                : x.square().sum(axis, true).sqrt();
        return x.div(length);
    }

    /** Krizhevsky et al. 2012, <i>ImageNet Classification</i>, section 3.3. */
    private static NDArray localResponse(OperatorCall call) {
        NDArray x = call.input(0);
        Shape shape = x.getShape();
        long size = call.attributes().integer("size", 1);
        long before = (size - 1) / 2;
        NDArray squares = x.square()
                .reshape(shape.get(0), 1, shape.get(1), -1)
                .pad(new Shape(0, 0, before, size - 1 - before), 0);
        // The mean over the window, which is the sum divided by its size, as the formula wants it.
        NDArray mean = squares.getNDArrayInternal()
                .avgPool(new Shape(size, 1), new Shape(1, 1), new Shape(0, 0), false, true)
                .reshape(shape);
        NDArray scale = mean.mul(call.attributes().number("alpha", 1e-4f))
                .add(call.attributes().number("bias", 1));
        return x.div(scale.pow(call.attributes().number("beta", 0.75f)));
    }
}
