package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Operators that draw random numbers, so that the same image gives another output in each run. */
public final class RandomOperators {

    private static final Set<String> DRAWING = Set.of(
            "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial");

    private RandomOperators() {}

    /**
     * Requires that none decides an output.
     *
     * @throws FoveaException {@code MODEL_OPERATOR_UNSUPPORTED} that names the operator
     */
    public static void requireNone(OnnxModel model) {
        find(model).ifPresent(operator -> {
            throw new FoveaException(
                    ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                    "The network is not deterministic: it computes its output with %s, so that a golden test would fail. Export it in evaluation mode (PyTorch: model.eval(); Keras: training=False)."
                            .formatted(operator));
        });
    }

    /** The first one that an output is computed with, in words. */
    static Optional<String> find(OnnxModel model) {
        GraphIndex graph = new GraphIndex(model);
        Set<String> used = new HashSet<>();
        for (TensorSpec output : model.outputs()) {
            used.add(output.name());
            used.addAll(graph.sources(output.name()));
        }
        GraphPatterns patterns = new GraphPatterns(graph);
        // what an inner graph takes from the outer one is not among the inputs
        boolean all = isNested(model);
        return graph.nodes().stream()
                .filter(node -> all || node.getOutputList().stream().anyMatch(used::contains))
                .flatMap(RandomOperators::withInner)
                .filter(node -> DRAWING.contains(node.getOpType()) || isTrainingDropout(node, graph, patterns))
                .findFirst()
                .map(node -> "%s%s (%s)"
                        .formatted(
                                node.getOpType(),
                                node.getOpType().equals("Dropout") ? " in training mode" : "",
                                node.getOutputCount() > 0 ? node.getOutput(0) : node.getName()));
    }

    private static boolean isNested(OnnxModel model) {
        return model.proto().getGraph().getNodeList().stream()
                .flatMap(node -> node.getAttributeList().stream())
                .anyMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0);
    }

    private static Stream<NodeProto> withInner(NodeProto node) {
        Stream<NodeProto> inner = node.getAttributeList().stream()
                .flatMap(RandomOperators::graphs)
                .flatMap(graph -> graph.getNodeList().stream())
                .flatMap(RandomOperators::withInner);
        return Stream.concat(Stream.of(node), inner);
    }

    private static Stream<GraphProto> graphs(AttributeProto attribute) {
        return attribute.hasG() ? Stream.of(attribute.getG()) : attribute.getGraphsList().stream();
    }

    /** From operator set 12 on its third input selects training mode; a ratio of 0 drops nothing. */
    private static boolean isTrainingDropout(NodeProto node, GraphIndex graph, GraphPatterns patterns) {
        if (!node.getOpType().equals("Dropout")) {
            return false;
        }
        OptionalDouble ratio = GraphIndex.input(node, 1).map(patterns::number).orElse(OptionalDouble.of(0.5));
        return ratio.orElse(1) != 0
                && GraphIndex.input(node, 2)
                        .filter(training -> isTrue(training, graph))
                        .isPresent();
    }

    private static boolean isTrue(String value, GraphIndex graph) {
        Optional<TensorProto> carried = graph.initializer(value)
                .or(() -> graph.producer(value)
                        .flatMap(node -> GraphIndex.attribute(node, "value"))
                        .map(AttributeProto::getT));
        return carried.filter(tensor -> tensor.hasRawData()
                        ? !tensor.getRawData().isEmpty() && tensor.getRawData().byteAt(0) != 0
                        : tensor.getInt32DataCount() > 0 && tensor.getInt32Data(0) != 0)
                .isPresent();
    }
}
