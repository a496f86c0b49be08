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

/**
 * Walks back from an output to the operator that decides what its numbers are: past operators that only copy, reorder,
 * cast or clip, and through a softmax or sigmoid that was written out by hand. Reads the graph only.
 */
public final class OutputOrigin {

    /** Long chains are as rare as they are useless here; the bound keeps a hostile graph from overrunning the stack. */
    private static final int MAX_STEPS = 200;

    private final GraphIndex graph;
    private final GraphPatterns patterns;
    private final Map<String, OriginKind> known = new HashMap<>();
    private final Map<String, Scale> scales = new HashMap<>();
    private String operator = "";
    private String before = "";

    private OutputOrigin(OnnxModel model) {
        this.graph = new GraphIndex(model);
        this.patterns = new GraphPatterns(graph);
    }

    /** Probabilities of a kind times a factor. */
    private record Scale(OriginKind of, double factor) {}

    /**
     * What was found.
     *
     * @param kind what the numbers are
     * @param operator the operator's type; empty where the value is an input or a constant
     * @param before the tensor in front of that operator, which could be served in its place; empty where none is known
     * @param scale of {@link OriginKind#SCALED}: what probabilities were multiplied with; 1 otherwise
     */
    public record Producer(OriginKind kind, String operator, Optional<String> before, double scale) {}

    /** What makes an output of the model's main graph. */
    public static Producer of(OnnxModel model, String output) {
        OutputOrigin origin = new OutputOrigin(model);
        OriginKind kind = origin.kind(output, 0);
        double scale = kind == OriginKind.SCALED
                ? origin.scales.values().stream()
                        .mapToDouble(Scale::factor)
                        .max()
                        .orElse(1)
                : 1;
        return new Producer(kind, origin.operator, Optional.of(origin.before).filter(name -> !name.isEmpty()), scale);
    }

    private OriginKind kind(String value, int steps) {
        OriginKind before = known.get(value);
        if (before != null) {
            return before;
        }
        Optional<NodeProto> node = graph.producer(value);
        OriginKind found = node.isEmpty() || steps > MAX_STEPS ? OriginKind.OTHER : of(node.get(), value, steps + 1);
        known.put(value, found);
        return found;
    }

    private OriginKind of(NodeProto node, String value, int steps) {
        String type = node.getOpType();
        if (patterns.isDistance(node)) {
            operator = operator.isEmpty() ? "a distance, " + type : operator;
            return OriginKind.DISTANCE;
        }
        if (GraphPatterns.PASS_ON.contains(type) && node.getInputCount() > 0) {
            OriginKind kind = kind(node.getInput(0), steps);
            if (type.equals("QuantizeLinear") && kind != OriginKind.SCALED && kind != OriginKind.LOSS) {
                before = node.getInput(0);
            }
            return kind;
        }
        operator = operator.isEmpty() ? type : operator;
        if (GraphPatterns.LINEAR.contains(type)) {
            return OriginKind.LINEAR;
        }
        if (node.getInputCount() == 0) {
            return OriginKind.OTHER;
        }
        return switch (type) {
            case "Softmax", "QLinearSoftmax" -> {
                before = node.getInput(0);
                yield OriginKind.SOFTMAX;
            }
            case "LogSoftmax" -> OriginKind.LOG_SOFTMAX;
            case "Sigmoid", "HardSigmoid", "QLinearSigmoid" -> OriginKind.SIGMOID;
            case "ArgMax", "ArgMin" -> index(node, steps);
            case "TopK" -> node.getOutput(0).equals(value) ? behind(node, steps) : OriginKind.ARGMAX;
            case "Clip", "Min", "Max", "Slice", "Gather" -> behind(node, steps);
            case "Round", "Floor", "Ceil" ->
                first(node, steps) == OriginKind.SCALED ? scaledAs(node, value) : OriginKind.OTHER;
            case "Exp" -> first(node, steps) == OriginKind.LOG_SOFTMAX ? softmax("LogSoftmax") : OriginKind.OTHER;
            case "Log" -> first(node, steps) == OriginKind.SOFTMAX ? OriginKind.LOG_SOFTMAX : OriginKind.OTHER;
            case "Reciprocal" -> patterns.isOnePlusExponential(node.getInput(0)) ? sigmoid() : OriginKind.OTHER;
            case "Neg" -> scaled(value, node.getInput(0), type, OptionalDouble.of(-1), steps);
            case "Div", "Mul" -> quotient(node, value, steps);
            case "Add", "Sub", "Sum" -> sum(node, steps);
            case "Concat" -> joined(node, steps);
            default -> OriginKind.OTHER;
        };
    }

    private OriginKind first(NodeProto node, int steps) {
        return kind(node.getInput(0), steps);
    }

    /** The index of the worst label is no prediction. */
    private OriginKind index(NodeProto node, int steps) {
        String type = node.getOpType();
        OriginKind kind = first(node, steps);
        operator = type;
        boolean largest = type.equals("ArgMax");
        boolean worst = largest ? kind == OriginKind.LOSS : kind.isProbable();
        return worst ? loss(type, kind, node.getInput(0)) : OriginKind.ARGMAX;
    }

    /**
     * Probabilities stay what they are when they are clipped or chosen from; logits between bounds are not recognized.
     */
    private OriginKind behind(NodeProto node, int steps) {
        OriginKind kind = first(node, steps);
        return switch (kind) {
            case SOFTMAX -> {
                operator = "Softmax";
                yield OriginKind.SOFTMAX;
            }
            case SIGMOID -> {
                operator = "Sigmoid";
                yield OriginKind.SIGMOID;
            }
            case LOG_SOFTMAX, ARGMAX, LOSS, DISTANCE -> kind;
            case SCALED -> scaledAs(node, node.getOutput(0));
            case LINEAR ->
                node.getOpType().equals("Gather") || node.getOpType().equals("Slice")
                        ? OriginKind.LINEAR
                        : OriginKind.OTHER;
            case OTHER -> OriginKind.OTHER;
        };
    }

    /**
     * {@code exp(x) / sum(exp(x))}, {@code 1 / (1 + exp(-x))}, {@code exp(x) / (1 + exp(x))}, or something scaled by a
     * constant.
     */
    private OriginKind quotient(NodeProto node, String value, int steps) {
        if (node.getInputCount() != 2) {
            return OriginKind.OTHER;
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
            return OriginKind.OTHER;
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
    private OriginKind scaled(String value, String source, String type, OptionalDouble factor, int steps) {
        OriginKind kind = kind(source, steps);
        double times = factor.orElse(0);
        return switch (kind) {
            case LINEAR -> type.equals("Neg") ? OriginKind.OTHER : OriginKind.LINEAR;
            case SOFTMAX, SIGMOID, SCALED -> {
                if (times == 0) {
                    yield OriginKind.OTHER;
                }
                if (times < 0) {
                    yield loss(type, kind, source);
                }
                Scale old = scales.getOrDefault(source, new Scale(kind, 1));
                Scale scale = new Scale(old.of(), old.factor() * times);
                if (Math.abs(scale.factor() - 1) < 1e-4) {
                    operator = scale.of().words();
                    yield scale.of();
                }
                scales.put(value, scale);
                before = kind == OriginKind.SCALED ? before : source;
                operator = "%s of %s".formatted(type, scale.of().words());
                yield OriginKind.SCALED;
            }
            case LOG_SOFTMAX -> {
                if (times == 1) {
                    yield kind;
                }
                yield times < 0 ? loss(type, kind, source) : OriginKind.OTHER;
            }
            case DISTANCE -> {
                if (times == 0) {
                    yield OriginKind.OTHER;
                }
                yield times < 0 ? OriginKind.LINEAR : OriginKind.DISTANCE;
            }
            case LOSS -> times > 0 ? OriginKind.LOSS : OriginKind.OTHER;
            case ARGMAX, OTHER -> OriginKind.OTHER;
        };
    }

    private OriginKind scaledAs(NodeProto node, String value) {
        Scale scale = scales.get(node.getInput(0));
        if (scale != null) {
            scales.put(value, scale);
        }
        return OriginKind.SCALED;
    }

    private OriginKind sum(NodeProto node, int steps) {
        boolean complement =
                node.getOpType().equals("Sub") && node.getInputCount() == 2 && patterns.isConstant(node.getInput(0));
        if (complement) {
            return complement(node.getInput(1), steps);
        }
        for (String input : node.getInputList()) {
            if (!patterns.isConstant(input) && kind(input, steps) == OriginKind.LINEAR) {
                return OriginKind.LINEAR;
            }
        }
        List<String> computed = node.getInputList().stream()
                .filter(input -> !patterns.isConstant(input))
                .toList();
        OriginKind shifted = computed.size() == 1 ? kind(computed.getFirst(), steps) : OriginKind.OTHER;
        return shifted == OriginKind.LOSS || shifted == OriginKind.DISTANCE ? shifted : OriginKind.OTHER;
    }

    /** A constant less something. */
    private OriginKind complement(String source, int steps) {
        OriginKind kind = kind(source, steps);
        return switch (kind) {
            case SIGMOID -> {
                operator = "1 - Sigmoid";
                yield OriginKind.SIGMOID;
            }
            case SOFTMAX, LOG_SOFTMAX, SCALED -> loss("Sub", kind, source);
            case LINEAR, DISTANCE -> OriginKind.LINEAR;
            case LOSS, ARGMAX, OTHER -> OriginKind.OTHER;
        };
    }

    private OriginKind loss(String type, OriginKind of, String source) {
        operator = "%s of %s".formatted(type, of.words());
        before = source;
        return OriginKind.LOSS;
    }

    /** Parts of one kind make a whole of that kind, but a softmax of each part does not add up to 1. */
    private OriginKind joined(NodeProto node, int steps) {
        List<OriginKind> kinds = node.getInputList().stream()
                .map(input -> kind(input, steps))
                .distinct()
                .toList();
        boolean keeps =
                kinds.size() == 1 && (kinds.getFirst() == OriginKind.SIGMOID || kinds.getFirst() == OriginKind.LINEAR);
        operator = keeps && kinds.getFirst() == OriginKind.SIGMOID ? "Sigmoid" : operator;
        return keeps ? kinds.getFirst() : OriginKind.OTHER;
    }

    private OriginKind softmax(String name) {
        operator = name;
        return OriginKind.SOFTMAX;
    }

    private OriginKind sigmoid() {
        operator = "Sigmoid written out";
        return OriginKind.SIGMOID;
    }
}
