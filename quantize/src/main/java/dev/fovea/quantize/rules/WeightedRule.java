package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators with constant weights. One scale per output channel. */
public enum WeightedRule implements Rule {
    /** Convolutions, grouped and depthwise ones too; kernels {@code [out, in / groups, …]}. */
    CONVOLUTION,
    /** Fully connected layers with a bias; kernels {@code [in, out]}, or {@code [out, in]} with {@code transB}. */
    GEMM,
    /** Products with a matrix {@code [in, out]}. */
    MATMUL;

    @Override
    public Optional<String> obstacle(NodeProto node, GraphIndex graph) {
        Optional<TensorProto> kernel = GraphIndex.input(node, 1).flatMap(graph::floats);
        if (kernel.isEmpty()) {
            return Optional.of("its weights are computed, not carried by the model");
        }
        int axes = kernel.get().getDimsCount();
        Optional<String> bias = GraphIndex.input(node, 2);
        if (bias.isPresent() && graph.floats(bias.get()).isEmpty()) {
            return Optional.of("its bias is computed, not carried by the model");
        }
        return switch (this) {
            case CONVOLUTION ->
                axes < 3 || axes > 5 ? Optional.of("its kernel has %d axes".formatted(axes)) : Optional.empty();
            case GEMM -> gemmObstacle(node, graph, bias);
            case MATMUL -> axes != 2 ? Optional.of("its weights are no matrix") : Optional.empty();
        };
    }

    private Optional<String> gemmObstacle(NodeProto node, GraphIndex graph, Optional<String> bias) {
        if (GraphIndex.number(node, "alpha", 1) != 1
                || GraphIndex.number(node, "beta", 1) != 1
                || GraphIndex.integer(node, "transA", 0) != 0) {
            return Optional.of("it scales or transposes what comes in");
        }
        int outputs = outputs(node, graph);
        return bias.isPresent() && TensorValues.floats(graph.floats(bias.get()).orElseThrow()).length != outputs
                ? Optional.of("its bias is not one number for each output")
                : Optional.empty();
    }

    @Override
    public List<String> activations(NodeProto node, GraphIndex graph) {
        return List.of(node.getInput(0));
    }

    @Override
    public boolean ties() {
        return false;
    }

    /** Along which axis of the kernel the output channels lie. */
    public int channelAxis(NodeProto node) {
        return switch (this) {
            case CONVOLUTION -> 0;
            case GEMM -> GraphIndex.integer(node, "transB", 0) == 1 ? 0 : 1;
            case MATMUL -> 1;
        };
    }

    private int outputs(NodeProto node, GraphIndex graph) {
        return (int) graph.floats(node.getInput(1)).orElseThrow().getDims(channelAxis(node));
    }

    /**
     * The operator with integer weights.
     *
     * @param name prefix of the new tensors
     * @param input quantization of the operator's input
     * @param refinement of its weights and bias
     */
    public Edit edit(
            NodeProto node, String name, GraphIndex graph, Affine input, IntegerType type, Refinement refinement) {
        TensorProto kernel = graph.floats(node.getInput(1)).orElseThrow();
        double[] bias = bias(node, graph, outputs(node, graph), refinement.shift());
        Kernel quantized = Kernel.of(kernel, channelAxis(node), type, refinement.rounding(type), bias, input);
        List<TensorProto> initializers = new ArrayList<>(quantized.tensors(name));
        List<NodeProto> nodes = new ArrayList<>();
        nodes.add(QuantizedTensors.dequantize(name + "::weight", channelAxis(node), this != CONVOLUTION));
        NodeProto.Builder replaced =
                node.toBuilder().clearInput().addInput(node.getInput(0)).addInput(name + "::weight");
        if (this != MATMUL && (GraphIndex.input(node, 2).isPresent() || refinement.shift().length > 0)) {
            initializers.addAll(quantized.bias(name, bias, input));
            nodes.add(QuantizedTensors.dequantize(name + "::bias", 0, this != CONVOLUTION));
            replaced.addInput(name + "::bias");
        }
        nodes.add(replaced.build());
        return new Edit(initializers, nodes);
    }

    /** The operator with weights that are stored as integers and made real before it computes. */
    public Edit storage(NodeProto node, String name, GraphIndex graph, Refinement refinement) {
        Kernel kernel = Kernel.of(
                graph.floats(node.getInput(1)).orElseThrow(),
                channelAxis(node),
                IntegerType.S8,
                refinement.rounding(IntegerType.S8));
        return new Edit(
                kernel.tensors(name),
                List.of(
                        QuantizedTensors.dequantize(name + "::weight", channelAxis(node), true),
                        node.toBuilder().setInput(1, name + "::weight").build()));
    }

    /** What is added to each output; zeros where there is nothing. */
    private static double[] bias(NodeProto node, GraphIndex graph, int outputs, double[] shift) {
        float[] given = GraphIndex.input(node, 2)
                .flatMap(graph::floats)
                .map(TensorValues::floats)
                .orElse(new float[outputs]);
        double[] bias = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            bias[i] = given[i] + (shift.length > 0 ? shift[i] : 0);
        }
        return bias;
    }
}
