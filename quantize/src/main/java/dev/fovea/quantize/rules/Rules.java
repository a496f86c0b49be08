package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import java.util.Optional;

/**
 * Which operators are quantized how. What is not here stays in float: softmax, normalisations, the maths of detectors.
 */
public final class Rules {

    private Rules() {}

    public static Optional<Rule> of(NodeProto node) {
        return node.getDomain().isEmpty() ? Optional.ofNullable(byType(node.getOpType())) : Optional.empty();
    }

    private static @org.jspecify.annotations.Nullable Rule byType(String type) {
        return switch (type) {
            case "Conv" -> WeightedRule.CONVOLUTION;
            case "Gemm" -> WeightedRule.GEMM;
            case "MatMul" -> WeightedRule.MATMUL;
            case "Add", "Mul" -> WeightlessRule.ELEMENTWISE;
            case "GlobalAveragePool", "AveragePool", "Sigmoid", "LeakyRelu", "HardSigmoid" -> WeightlessRule.UNARY;
            case "MaxPool",
                    "Reshape",
                    "Flatten",
                    "Transpose",
                    "Squeeze",
                    "Unsqueeze",
                    "Slice",
                    "Split",
                    "Resize",
                    "DepthToSpace" -> WeightlessRule.MOVING;
            case "Concat" -> WeightlessRule.JOINING;
            default -> null;
        };
    }

    /** An operator with weights, quantizable or not. */
    public static Optional<WeightedRule> weighted(NodeProto node) {
        return of(node).filter(WeightedRule.class::isInstance).map(WeightedRule.class::cast);
    }

    /** Why an operator with weights stays in float whatever is planned. */
    public static Optional<String> obstacle(NodeProto node, GraphIndex graph) {
        return of(node).flatMap(rule -> rule.obstacle(node, graph));
    }
}
