package dev.fovea.model.architecture;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes a network layer by layer. Initializers keep the names of the tensors that they come from, and batch
 * normalisation stays a layer of its own, so that it can be trained further; the runtime folds it.
 */
final class NetworkWriter {

    private static final int COLOURS = 3;

    private final GraphBuilder graph;
    private final WeightSource weights;
    private int unnamed;

    NetworkWriter(String name, WeightSource weights) {
        this.graph = new GraphBuilder(name);
        this.weights = weights;
    }

    /** The images, red first. */
    NetworkLayer images(Size size) {
        graph.input("images", GraphBuilder.BATCH, COLOURS, size.height(), size.width());
        return new NetworkLayer("images", COLOURS, size.height(), size.width());
    }

    NetworkLayer convolution(NetworkLayer x, String name, int filters, ConvolutionWindow window, boolean bias) {
        int kernel = window.kernel();
        List<String> inputs = new ArrayList<>(
                List.of(x.value(), stored(name + ".weight", filters, x.channels() / window.groups(), kernel, kernel)));
        if (bias) {
            inputs.add(stored(name + ".bias", filters));
        }
        int[] rows = window.pads(x.height());
        int[] columns = window.pads(x.width());
        String y = graph.node(
                "Conv",
                name,
                inputs,
                ints("kernel_shape", kernel, kernel),
                ints("strides", window.stride(), window.stride()),
                ints("pads", rows[0], columns[0], rows[1], columns[1]),
                integer("group", window.groups()));
        return new NetworkLayer(y, filters, window.outputs(x.height()), window.outputs(x.width()));
    }

    NetworkLayer batchNorm(NetworkLayer x, String name, float epsilon) {
        int channels = x.channels();
        return x.as(graph.node(
                "BatchNormalization",
                name,
                List.of(
                        x.value(),
                        stored(name + ".weight", channels),
                        stored(name + ".bias", channels),
                        stored(name + ".running_mean", channels),
                        stored(name + ".running_var", channels)),
                number("epsilon", epsilon),
                number("momentum", 0.9f)));
    }

    NetworkLayer maxPool(NetworkLayer x, ConvolutionWindow window) {
        int[] rows = window.pads(x.height());
        int[] columns = window.pads(x.width());
        String y = graph.node(
                "MaxPool",
                next("pool"),
                List.of(x.value()),
                ints("kernel_shape", window.kernel(), window.kernel()),
                ints("strides", window.stride(), window.stride()),
                ints("pads", rows[0], columns[0], rows[1], columns[1]));
        return new NetworkLayer(y, x.channels(), window.outputs(x.height()), window.outputs(x.width()));
    }

    NetworkLayer activation(NetworkLayer x, LayerActivation activation) {
        return switch (activation) {
            case NONE -> x;
            case RELU -> x.as(operator("Relu", x.value()));
            case RELU6 -> {
                String low = graph.weights(next("low"), List.of(), new float[] {0});
                String high = graph.weights(next("high"), List.of(), new float[] {6});
                yield x.as(operator("Clip", x.value(), low, high));
            }
            case HARD_SWISH -> x.as(operator("HardSwish", x.value()));
            case HARD_SIGMOID ->
                x.as(graph.node(
                        "HardSigmoid",
                        next("hardsigmoid"),
                        List.of(x.value()),
                        number("alpha", 1 / 6f),
                        number("beta", 0.5f)));
        };
    }

    NetworkLayer add(NetworkLayer x, NetworkLayer y) {
        return x.as(operator("Add", x.value(), y.value()));
    }

    NetworkLayer multiply(NetworkLayer x, NetworkLayer y) {
        return x.as(operator("Mul", x.value(), y.value()));
    }

    /** The mean over all places. */
    NetworkLayer pooled(NetworkLayer x) {
        return new NetworkLayer(operator("GlobalAveragePool", x.value()), x.channels(), 1, 1);
    }

    /** {@code [batch, features]} of what has one place. */
    String flat(NetworkLayer x) {
        return graph.node("Flatten", next("flatten"), List.of(x.value()), integer("axis", 1));
    }

    /** A linear layer on what has one place, which stays {@code [batch, channels, 1, 1]}. */
    NetworkLayer linearAtPlace(NetworkLayer x, String name, int outputs) {
        return convolution(x, name, outputs, ConvolutionWindow.POINT, true);
    }

    /** The classifier, the network's only output; the model is complete with it. */
    OnnxModel classified(String features, String name, int inputs, int classes) {
        String logits = graph.node(
                "Gemm",
                "logits",
                List.of(features, stored(name + ".weight", classes, inputs), stored(name + ".bias", classes)),
                integer("transB", 1));
        return graph.output(logits, GraphBuilder.BATCH, classes).build();
    }

    /** A node whose name is its operator's with a number. */
    String operator(String type, String... inputs) {
        return graph.node(type, next(type.toLowerCase(Locale.ROOT)), List.of(inputs));
    }

    /** The same with attributes. */
    String node(String type, List<String> inputs, AttributeProto... attributes) {
        return graph.node(type, next(type.toLowerCase(Locale.ROOT)), inputs, attributes);
    }

    /** Values that the network computes itself from stored ones. */
    String derived(String name, List<Long> shape, float[] values) {
        return graph.weights(name, shape, values);
    }

    String constant(float value) {
        return graph.weights(next("constant"), List.of(), new float[] {value});
    }

    String integers(long... values) {
        return graph.integers(next("integers"), values);
    }

    /** An initializer with a tensor of the weights, under its own name. */
    String stored(String name, long... shape) {
        return graph.weights(name, shape(shape), values(name, shape));
    }

    /** The values of a tensor of the weights. */
    float[] values(String name, long... shape) {
        return weights.values(name, shape(shape));
    }

    private static List<Long> shape(long... lengths) {
        return Arrays.stream(lengths).boxed().toList();
    }

    private String next(String type) {
        return "%s_%d".formatted(type, unnamed++);
    }
}
