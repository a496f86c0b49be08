package dev.fovea.model.outputs;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.GraphPatterns;
import dev.fovea.model.graph.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Walks back from an output to the operator that decides what its numbers are: past operators that only copy, reorder,
 * cast or clip, and through a softmax or sigmoid that was written out by hand. Looks at the graph only.
 */
public final class OutputOrigin {

    /** Long chains are as rare as they are useless here; the bound keeps a hostile graph from overrunning the stack. */
    private static final int MAX_STEPS = 200;

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
    private final GraphPatterns patterns;
    private final Map<String, OutputKind> known = new HashMap<>();
    private final Map<String, Scale> scales = new HashMap<>();
    private String operator = "";
    private String before = "";

    private OutputOrigin(OnnxModel model) {
        this.graph = new GraphIndex(model);
        this.patterns = new GraphPatterns(graph);
    }

    /** Probabilities of a kind times a factor. */
    private record Scale(OutputKind of, double factor) {}

    /**
     * What was found.
     *
     * @param kind what the numbers are
     * @param operator the operator's type; empty where the value is an input or a constant
     * @param before the tensor in front of that operator, which could be served in its place; empty where none is known
     * @param scale of {@link OutputKind#SCALED}: what probabilities were multiplied with; 1 otherwise
     */
    public record Found(OutputKind kind, String operator, Optional<String> before, double scale) {}

    /** What makes an output of the model's main graph. */
    public static Found of(OnnxModel model, String output) {
        OutputOrigin origin = new OutputOrigin(model);
        OutputKind kind = origin.kind(output, 0);
        double scale = kind == OutputKind.SCALED
                ? origin.scales.values().stream()
                        .mapToDouble(Scale::factor)
                        .max()
                        .orElse(1)
                : 1;
        return new Found(kind, origin.operator, Optional.of(origin.before).filter(name -> !name.isEmpty()), scale);
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
        if (patterns.isDistance(node)) {
            operator = operator.isEmpty() ? "a distance, " + type : operator;
            return OutputKind.DISTANCE;
        }
        if (GraphPatterns.PASS_ON.contains(type) && node.getInputCount() > 0) {
            OutputKind kind = kind(node.getInput(0), steps);
            if (type.equals("QuantizeLinear") && kind != OutputKind.SCALED && kind != OutputKind.LOSS) {
                before = node.getInput(0);
            }
            return kind;
        }
        operator = operator.isEmpty() ? type : operator;
        if (LINEAR.contains(type)) {
            return OutputKind.LINEAR;
        }
        if (node.getInputCount() == 0) {
            return OutputKind.OTHER;
        }
        return switch (type) {
            case "Softmax", "QLinearSoftmax" -> {
                before = node.getInput(0);
                yield OutputKind.SOFTMAX;
            }
            case "LogSoftmax" -> OutputKind.LOG_SOFTMAX;
            case "Sigmoid", "HardSigmoid", "QLinearSigmoid" -> OutputKind.SIGMOID;
            case "ArgMax", "ArgMin" -> index(node, steps);
            case "TopK" -> node.getOutput(0).equals(value) ? behind(node, steps) : OutputKind.ARGMAX;
            case "Clip", "Min", "Max", "Slice", "Gather" -> behind(node, steps);
            case "Round", "Floor", "Ceil" ->
                first(node, steps) == OutputKind.SCALED ? scaledAs(node, value) : OutputKind.OTHER;
            case "Exp" -> first(node, steps) == OutputKind.LOG_SOFTMAX ? softmax("LogSoftmax") : OutputKind.OTHER;
            case "Log" -> first(node, steps) == OutputKind.SOFTMAX ? OutputKind.LOG_SOFTMAX : OutputKind.OTHER;
            case "Reciprocal" -> patterns.isOnePlusExponential(node.getInput(0)) ? sigmoid() : OutputKind.OTHER;
            case "Neg" -> scaled(value, node.getInput(0), type, OptionalDouble.of(-1), steps);
            case "Div", "Mul" -> quotient(node, value, steps);
            case "Add", "Sub", "Sum" -> sum(node, steps);
            case "Concat" -> joined(node, steps);
            default -> OutputKind.OTHER;
        };
    }

    private OutputKind first(NodeProto node, int steps) {
        return kind(node.getInput(0), steps);
    }

    /** The index of the worst label is no answer. */
    private OutputKind index(NodeProto node, int steps) {
        String type = node.getOpType();
        OutputKind kind = first(node, steps);
        operator = type;
        boolean largest = type.equals("ArgMax");
        boolean worst = largest ? kind == OutputKind.LOSS : isProbable(kind);
        return worst ? loss(type, kind, node.getInput(0)) : OutputKind.ARGMAX;
    }

    private static boolean isProbable(OutputKind kind) {
        return kind == OutputKind.SOFTMAX
                || kind == OutputKind.SIGMOID
                || kind == OutputKind.LOG_SOFTMAX
                || kind == OutputKind.SCALED;
    }

    /** Probabilities stay what they are when they are clipped or chosen from; logits between bounds are not told. */
    private OutputKind behind(NodeProto node, int steps) {
        OutputKind kind = first(node, steps);
        return switch (kind) {
            case SOFTMAX -> {
                operator = "Softmax";
                yield OutputKind.SOFTMAX;
            }
            case SIGMOID -> {
                operator = "Sigmoid";
                yield OutputKind.SIGMOID;
            }
            case LOG_SOFTMAX, ARGMAX, LOSS, DISTANCE -> kind;
            case SCALED -> scaledAs(node, node.getOutput(0));
            case LINEAR ->
                node.getOpType().equals("Gather") || node.getOpType().equals("Slice")
                        ? OutputKind.LINEAR
                        : OutputKind.OTHER;
            case OTHER -> OutputKind.OTHER;
        };
    }

    /**
     * {@code exp(x) / sum(exp(x))}, {@code 1 / (1 + exp(-x))}, {@code exp(x) / (1 + exp(x))}, or something scaled by a
     * constant.
     */
    private OutputKind quotient(NodeProto node, String value, int steps) {
        if (node.getInputCount() != 2) {
            return OutputKind.OTHER;
        }
        String one = node.getInput(0);
        String other = node.getInput(1);
        boolean divides = node.getOpType().equals("Div");
        if (divides
                && patterns.isOnePlusExponential(other)
                && (patterns.isConstant(one) || patterns.makes("Exp", one))) {
            return sigmoid();
        }
        if (patterns.isSoftmax(one, other, divides) || (!divides && patterns.isSoftmax(other, one, false))) {
            return softmax("Softmax written out");
        }
        if (!patterns.isConstant(other) && (divides || !patterns.isConstant(one))) {
            return OutputKind.OTHER;
        }
        boolean second = patterns.isConstant(other);
        OptionalDouble constant = patterns.number(second ? other : one);
        OptionalDouble factor =
                divides && constant.isPresent() ? OptionalDouble.of(1 / constant.getAsDouble()) : constant;
        return scaled(value, second ? one : other, node.getOpType(), factor, steps);
    }

    /**
     * What something times a constant is.
     *
     * @param factor empty where it is not one number
     */
    private OutputKind scaled(String value, String source, String type, OptionalDouble factor, int steps) {
        OutputKind kind = kind(source, steps);
        double times = factor.orElse(0);
        return switch (kind) {
            case LINEAR -> type.equals("Neg") ? OutputKind.OTHER : OutputKind.LINEAR;
            case SOFTMAX, SIGMOID, SCALED -> {
                if (times == 0) {
                    yield OutputKind.OTHER;
                }
                if (times < 0) {
                    yield loss(type, kind, source);
                }
                Scale old = scales.getOrDefault(source, new Scale(kind, 1));
                Scale scale = new Scale(old.of(), old.factor() * times);
                if (Math.abs(scale.factor() - 1) < 1e-4) {
                    operator = word(scale.of());
                    yield scale.of();
                }
                scales.put(value, scale);
                before = kind == OutputKind.SCALED ? before : source;
                operator = "%s of %s".formatted(type, word(scale.of()));
                yield OutputKind.SCALED;
            }
            case LOG_SOFTMAX -> {
                if (times == 1) {
                    yield kind;
                }
                yield times < 0 ? loss(type, kind, source) : OutputKind.OTHER;
            }
            case DISTANCE -> {
                if (times == 0) {
                    yield OutputKind.OTHER;
                }
                yield times < 0 ? OutputKind.LINEAR : OutputKind.DISTANCE;
            }
            case LOSS -> times > 0 ? OutputKind.LOSS : OutputKind.OTHER;
            case ARGMAX, OTHER -> OutputKind.OTHER;
        };
    }

    private OutputKind scaledAs(NodeProto node, String value) {
        Scale scale = scales.get(node.getInput(0));
        if (scale != null) {
            scales.put(value, scale);
        }
        return OutputKind.SCALED;
    }

    private OutputKind sum(NodeProto node, int steps) {
        boolean complement =
                node.getOpType().equals("Sub") && node.getInputCount() == 2 && patterns.isConstant(node.getInput(0));
        if (complement) {
            return complement(node.getInput(1), steps);
        }
        for (String input : node.getInputList()) {
            if (!patterns.isConstant(input) && kind(input, steps) == OutputKind.LINEAR) {
                return OutputKind.LINEAR;
            }
        }
        List<String> computed = node.getInputList().stream()
                .filter(input -> !patterns.isConstant(input))
                .toList();
        OutputKind shifted = computed.size() == 1 ? kind(computed.getFirst(), steps) : OutputKind.OTHER;
        return shifted == OutputKind.LOSS || shifted == OutputKind.DISTANCE ? shifted : OutputKind.OTHER;
    }

    /** A constant less something. */
    private OutputKind complement(String source, int steps) {
        OutputKind kind = kind(source, steps);
        return switch (kind) {
            case SIGMOID -> {
                operator = "1 - Sigmoid";
                yield OutputKind.SIGMOID;
            }
            case SOFTMAX, LOG_SOFTMAX, SCALED -> loss("Sub", kind, source);
            case LINEAR, DISTANCE -> OutputKind.LINEAR;
            case LOSS, ARGMAX, OTHER -> OutputKind.OTHER;
        };
    }

    private OutputKind loss(String type, OutputKind of, String source) {
        operator = "%s of %s".formatted(type, word(of));
        before = source;
        return OutputKind.LOSS;
    }

    private static String word(OutputKind kind) {
        return switch (kind) {
            case SOFTMAX -> "Softmax";
            case LOG_SOFTMAX -> "LogSoftmax";
            case SIGMOID -> "Sigmoid";
            case SCALED -> "scaled probabilities";
            case LOSS -> "negated probabilities";
            case DISTANCE, ARGMAX, LINEAR, OTHER -> "other values";
        };
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

    private OutputKind softmax(String name) {
        operator = name;
        return OutputKind.SOFTMAX;
    }

    private OutputKind sigmoid() {
        operator = "Sigmoid written out";
        return OutputKind.SIGMOID;
    }
}
