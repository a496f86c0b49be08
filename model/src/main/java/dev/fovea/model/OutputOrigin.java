package dev.fovea.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks back from an output to the operator that decides what its numbers are: past operators that only copy, reorder,
 * cast or clip, and through a softmax or sigmoid that was written out by hand. Looks at the graph only.
 */
public final class OutputOrigin {

    /** Long chains are as rare as they are useless here; the bound keeps a hostile graph from overrunning the stack. */
    private static final int MAX_STEPS = 200;

    private static final Set<String> PASS_ON = Set.of(
            "Identity",
            "Cast",
            "CastLike",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Dropout",
            "QuantizeLinear",
            "DequantizeLinear",
            "GlobalAveragePool",
            "AveragePool",
            "ReduceMean",
            "Expand");

    private static final Set<String> LINEAR = Set.of(
            "Gemm",
            "MatMul",
            "Conv",
            "ConvTranspose",
            "Einsum",
            "BatchNormalization",
            "FusedGemm",
            "FusedMatMul",
            "FusedConv",
            "QGemm",
            "QLinearMatMul",
            "QLinearConv",
            "QLinearAdd",
            "MatMulInteger",
            "ConvInteger",
            "MatMulNBits",
            "LayerNormalization");

    private final GraphIndex graph;
    private final Map<String, OutputKind> known = new HashMap<>();
    private String operator = "";

    private OutputOrigin(OnnxModel model) {
        this.graph = new GraphIndex(model);
    }

    /**
     * What was found.
     *
     * @param kind what the numbers are
     * @param operator the operator's type; empty where the value is an input or a constant
     */
    public record Found(OutputKind kind, String operator) {}

    /** What makes an output of the model's main graph. */
    public static Found of(OnnxModel model, String output) {
        OutputOrigin origin = new OutputOrigin(model);
        return new Found(origin.kind(output, 0), origin.operator);
    }

    /** Whether one value of the graph is computed from another. */
    public static boolean dependsOn(OnnxModel model, String value, String other) {
        GraphIndex graph = new GraphIndex(model);
        Map<String, Boolean> seen = new HashMap<>();
        java.util.ArrayDeque<String> waiting = new java.util.ArrayDeque<>(List.of(value));
        while (!waiting.isEmpty()) {
            String name = waiting.pop();
            for (String input : graph.producer(name)
                    .map(NodeProto::getInputList)
                    .map(List::copyOf)
                    .orElse(List.of())) {
                if (input.equals(other)) {
                    return true;
                }
                if (seen.put(input, true) == null) {
                    waiting.push(input);
                }
            }
        }
        return false;
    }

    private OutputKind kind(String value, int steps) {
        OutputKind before = known.get(value);
        if (before != null) {
            return before;
        }
        Optional<NodeProto> node = graph.producer(value);
        OutputKind found = node.isEmpty() || steps > MAX_STEPS ? OutputKind.OTHER : of(node.get(), value, steps + 1);
        known.put(value, found);
        return found;
    }

    private OutputKind of(NodeProto node, String value, int steps) {
        String type = node.getOpType();
        if (PASS_ON.contains(type) && node.getInputCount() > 0) {
            return kind(node.getInput(0), steps);
        }
        operator = operator.isEmpty() ? type : operator;
        if (LINEAR.contains(type)) {
            return OutputKind.LINEAR;
        }
        return switch (type) {
            case "Softmax", "QLinearSoftmax" -> OutputKind.SOFTMAX;
            case "LogSoftmax" -> OutputKind.LOG_SOFTMAX;
            case "Sigmoid", "HardSigmoid", "QLinearSigmoid" -> OutputKind.SIGMOID;
            case "ArgMax", "ArgMin" -> OutputKind.ARGMAX;
            case "TopK" -> node.getOutput(0).equals(value) ? behind(node, steps, false) : OutputKind.ARGMAX;
            case "Clip", "Min", "Max", "Slice", "Gather" -> behind(node, steps, false);
            case "Exp" -> first(node, steps) == OutputKind.LOG_SOFTMAX ? softmax("LogSoftmax") : OutputKind.OTHER;
            case "Log" -> first(node, steps) == OutputKind.SOFTMAX ? OutputKind.LOG_SOFTMAX : OutputKind.OTHER;
            case "Reciprocal" -> isOnePlusExponential(node.getInput(0)) ? sigmoid() : OutputKind.OTHER;
            case "Div", "Mul" -> quotient(node, steps);
            case "Add", "Sub", "Sum" -> sum(node, steps);
            case "Concat" -> joined(node, steps);
            default -> OutputKind.OTHER;
        };
    }

    private OutputKind first(NodeProto node, int steps) {
        return node.getInputCount() == 0 ? OutputKind.OTHER : kind(node.getInput(0), steps);
    }

    /** Probabilities stay what they are when they are clipped or chosen from; logits between bounds are not told. */
    private OutputKind behind(NodeProto node, int steps, boolean linear) {
        return switch (first(node, steps)) {
            case SOFTMAX -> {
                operator = "Softmax";
                yield OutputKind.SOFTMAX;
            }
            case SIGMOID -> {
                operator = "Sigmoid";
                yield OutputKind.SIGMOID;
            }
            case LOG_SOFTMAX -> OutputKind.LOG_SOFTMAX;
            case ARGMAX -> OutputKind.ARGMAX;
            case LINEAR ->
                linear || node.getOpType().equals("Gather") || node.getOpType().equals("Slice")
                        ? OutputKind.LINEAR
                        : OutputKind.OTHER;
            case OTHER -> OutputKind.OTHER;
        };
    }

    /**
     * {@code exp(x) / sum(exp(x))}, {@code 1 / (1 + exp(-x))}, {@code exp(x) / (1 + exp(x))}, or something scaled by a
     * constant.
     */
    private OutputKind quotient(NodeProto node, int steps) {
        if (node.getInputCount() != 2) {
            return OutputKind.OTHER;
        }
        String one = node.getInput(0);
        String other = node.getInput(1);
        boolean divides = node.getOpType().equals("Div");
        if (divides && isOnePlusExponential(other) && (isConstant(one) || makes("Exp", one))) {
            return sigmoid();
        }
        if (isNormalised(one, other, divides) || (!divides && isNormalised(other, one, false))) {
            return softmax("Softmax written out");
        }
        return isConstant(other) || (!divides && isConstant(one))
                ? linearOnly(kind(isConstant(other) ? one : other, steps))
                : OutputKind.OTHER;
    }

    private boolean isNormalised(String exponential, String divisor, boolean divides) {
        Optional<NodeProto> sum = plain(divisor);
        if (!divides) {
            sum = sum.filter(node -> node.getOpType().equals("Reciprocal")).flatMap(node -> plain(node.getInput(0)));
        }
        return makes("Exp", exponential)
                && sum.filter(node -> node.getOpType().equals("ReduceSum"))
                        .filter(node -> sameValue(node.getInput(0), exponential))
                        .isPresent();
    }

    private boolean isOnePlusExponential(String value) {
        return plain(value)
                .filter(node -> node.getOpType().equals("Add") && node.getInputCount() == 2)
                .filter(node -> (makes("Exp", node.getInput(0)) && isConstant(node.getInput(1)))
                        || (makes("Exp", node.getInput(1)) && isConstant(node.getInput(0))))
                .isPresent();
    }

    private OutputKind sum(NodeProto node, int steps) {
        boolean complement = node.getOpType().equals("Sub") && isConstant(node.getInput(0));
        if (complement && kind(node.getInput(1), steps) == OutputKind.SIGMOID) {
            return sigmoid();
        }
        for (String input : node.getInputList()) {
            if (!isConstant(input) && kind(input, steps) == OutputKind.LINEAR) {
                return OutputKind.LINEAR;
            }
        }
        return OutputKind.OTHER;
    }

    /** Parts of one kind make a whole of that kind, but a softmax of each part does not add up to 1. */
    private OutputKind joined(NodeProto node, int steps) {
        List<OutputKind> kinds = node.getInputList().stream()
                .map(input -> kind(input, steps))
                .distinct()
                .toList();
        boolean keeps =
                kinds.size() == 1 && (kinds.getFirst() == OutputKind.SIGMOID || kinds.getFirst() == OutputKind.LINEAR);
        operator = keeps && kinds.getFirst() == OutputKind.SIGMOID ? "Sigmoid" : operator;
        return keeps ? kinds.getFirst() : OutputKind.OTHER;
    }

    private static OutputKind linearOnly(OutputKind kind) {
        return kind == OutputKind.LINEAR ? OutputKind.LINEAR : OutputKind.OTHER;
    }

    private OutputKind softmax(String name) {
        operator = name;
        return OutputKind.SOFTMAX;
    }

    private OutputKind sigmoid() {
        operator = "Sigmoid written out";
        return OutputKind.SIGMOID;
    }

    /** The operator that makes a value, past those that only copy it. */
    private Optional<NodeProto> plain(String value) {
        Optional<NodeProto> node = graph.producer(value);
        for (int i = 0;
                i < MAX_STEPS
                        && node.filter(found -> PASS_ON.contains(found.getOpType()))
                                .isPresent();
                i++) {
            node = graph.producer(node.get().getInput(0));
        }
        return node;
    }

    private boolean makes(String type, String value) {
        return plain(value).filter(node -> node.getOpType().equals(type)).isPresent();
    }

    private boolean sameValue(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    private boolean isConstant(String value) {
        Optional<TensorProto> carried = graph.initializer(value);
        return carried.isPresent()
                || graph.producer(value)
                        .filter(node -> node.getOpType().equals("Constant"))
                        .isPresent();
    }
}
