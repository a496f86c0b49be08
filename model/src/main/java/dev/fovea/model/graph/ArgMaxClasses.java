package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The class count of an {@code ArgMax}, read from the weights of the layer before it. */
public final class ArgMaxClasses {

    private static final int MAX_STEPS = 50;

    private static final Set<String> KEEPING = Set.of(
            "Identity",
            "Cast",
            "Softmax",
            "LogSoftmax",
            "Sigmoid",
            "Relu",
            "Resize",
            "Upsample",
            "Squeeze",
            "Unsqueeze",
            "GlobalAveragePool",
            "AveragePool",
            "Clip",
            "Dropout");

    private ArgMaxClasses() {}

    /** The number of classes; empty where the output is no index or the graph does not show it. */
    static OptionalLong of(OnnxModel model, String output) {
        GraphIndex graph = new GraphIndex(model);
        Optional<NodeProto> node = graph.producer(output);
        boolean chosen = false;
        for (int i = 0; i < MAX_STEPS && node.isPresent(); i++) {
            NodeProto found = node.get();
            OptionalLong classes = chosen ? classes(found, graph) : OptionalLong.empty();
            if (classes.isPresent()) {
                return classes;
            }
            boolean index = found.getOpType().equals("ArgMax");
            boolean bias =
                    found.getOpType().equals("Add") && carried(found, 1, graph).isPresent();
            boolean shape = !chosen
                    && (found.getOpType().equals("Reshape") || found.getOpType().equals("Flatten"));
            if (!index && !bias && !shape && !KEEPING.contains(found.getOpType())) {
                return OptionalLong.empty();
            }
            chosen |= index;
            node = graph.producer(found.getInput(0));
        }
        return OptionalLong.empty();
    }

    private static OptionalLong classes(NodeProto node, GraphIndex graph) {
        Optional<TensorProto> weights = carried(node, 1, graph);
        if (weights.isEmpty() || weights.get().getDimsCount() < 2) {
            return OptionalLong.empty();
        }
        long first = weights.get().getDims(0);
        long last = weights.get().getDims(weights.get().getDimsCount() - 1);
        return switch (node.getOpType()) {
            case "Gemm" -> OptionalLong.of(GraphIndex.integer(node, "transB", 0) == 1 ? first : last);
            case "MatMul" -> OptionalLong.of(last);
            case "Conv" -> OptionalLong.of(first);
            case "ConvTranspose" ->
                GraphIndex.integer(node, "group", 1) == 1
                        ? OptionalLong.of(weights.get().getDims(1))
                        : OptionalLong.empty();
            default -> OptionalLong.empty();
        };
    }

    private static Optional<TensorProto> carried(NodeProto node, int input, GraphIndex graph) {
        return GraphIndex.input(node, input).flatMap(graph::initializer);
    }

    /** Checks the label count against the graph's class count, where known; {@code LABELS_MISMATCH}. */
    public static void require(OnnxModel model, String output, int labels) {
        OptionalLong classes = of(model, output);
        if (classes.isPresent() && classes.getAsLong() != labels) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The output \"%s\" is the index of one of %d classes, but there are %d labels. Give one label per class, in the network's order, the background too."
                            .formatted(output, classes.getAsLong(), labels));
        }
    }
}
