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
 * Whether the values of an output still stand in the order of the labels. They do not behind an operator that sorts or
 * selects by value, such as {@code TopK}. Reads the graph only.
 */
final class LabelOrder {

    private static final int MAX_STEPS = 200;

    /** Operators that put values into an order that depends on the image. */
    private static final Set<String> SORTING = Set.of("TopK", "NonMaxSuppression", "NonZero", "Unique", "Compress");

    /** Operators that keep the order of their first input; the other inputs are shapes, axes or scales. */
    private static final Set<String> OF_FIRST = Set.of(
            "Softmax",
            "LogSoftmax",
            "Sigmoid",
            "HardSigmoid",
            "Exp",
            "Log",
            "Neg",
            "Abs",
            "Sqrt",
            "Reciprocal",
            "Round",
            "Floor",
            "Ceil",
            "Relu",
            "Tanh",
            "Softplus",
            "Clip",
            "Slice",
            "Split",
            "Pad",
            "Tile",
            "LpNormalization",
            "QLinearSoftmax",
            "QLinearSigmoid");

    /** Operators that put their inputs together value by value, or one after the other. */
    private static final Set<String> OF_ALL =
            Set.of("Add", "Sub", "Mul", "Div", "Pow", "Sum", "Mean", "Min", "Max", "Where", "Concat");

    private static final Set<String> LARGEST = Set.of("ReduceMax", "ReduceMin");

    private enum Order {
        /** That of the labels, as far as is known. */
        LABELS,
        /** One that depends on the values. */
        VALUES,
        /** Constants and totals, which have none. */
        NONE
    }

    /**
     * What took the order away.
     *
     * @param operator its type
     * @param before the tensor in front of it
     */
    record Lost(String operator, String before) {}

    private final OnnxModel model;
    private final GraphIndex graph;
    private final GraphPatterns patterns;
    private final int values;
    private final Map<String, Order> known = new HashMap<>();
    private Optional<Lost> lost = Optional.empty();

    private LabelOrder(OnnxModel model, int values) {
        this.model = model;
        this.graph = new GraphIndex(model);
        this.patterns = new GraphPatterns(graph);
        this.values = values;
    }

    /** What took the order of the labels from an output; empty when nothing did, or when it is one label's index. */
    static Optional<Lost> lost(OnnxModel model, ObservedOutput output) {
        boolean index = output.values() == 1
                && (output.integers() || OutputOrigin.of(model, output.name()).kind() == OriginKind.ARGMAX);
        LabelOrder order = new LabelOrder(model, output.values());
        return !index && order.order(output.name(), 0) == Order.VALUES ? order.lost : Optional.empty();
    }

    private Order order(String value, int steps) {
        Order before = known.get(value);
        if (before != null) {
            return before;
        }
        Optional<NodeProto> node = graph.producer(value);
        Order found;
        if (patterns.isConstant(value)) {
            found = Order.NONE;
        } else if (node.isEmpty() || steps > MAX_STEPS || node.get().getInputCount() == 0) {
            found = Order.LABELS;
        } else {
            found = of(node.get(), steps + 1);
        }
        known.put(value, found);
        return found;
    }

    private Order of(NodeProto node, int steps) {
        String type = node.getOpType();
        String first = node.getInput(0);
        if (SORTING.contains(type)) {
            if (isAlongAnotherAxis(node) || isConstantChoice(node)) {
                return order(first, steps);
            }
            lost = Optional.of(new Lost(type, first));
            return Order.VALUES;
        }
        if (LARGEST.contains(type)
                && values == 1
                && OutputOrigin.of(model, first).kind() == OriginKind.SOFTMAX) {
            lost = Optional.of(new Lost(type, first));
            return Order.VALUES;
        }
        if (type.startsWith("Gather") && node.getInputCount() > 1) {
            return chosen(first, node.getInput(1), steps);
        }
        if (type.startsWith("Reduce")) {
            return order(first, steps) == Order.LABELS ? Order.LABELS : Order.NONE;
        }
        if (GraphPatterns.PASS_ON.contains(type) || OF_FIRST.contains(type)) {
            return order(first, steps);
        }
        return OF_ALL.contains(type) ? together(node.getInputList(), steps) : Order.LABELS;
    }

    /** The largest of every channel's pixels stand in the order of the channels. */
    private boolean isAlongAnotherAxis(NodeProto node) {
        if (!node.getOpType().equals("TopK")) {
            return false;
        }
        OptionalDouble most = GraphIndex.input(node, 1)
                .map(patterns::number)
                .orElse(GraphIndex.attribute(node, "k")
                        .map(k -> OptionalDouble.of((double) k.getI()))
                        .orElse(OptionalDouble.empty()));
        return GraphIndex.integer(node, "axis", -1) > 1 || (most.isPresent() && values > most.getAsDouble());
    }

    private boolean isConstantChoice(NodeProto node) {
        return node.getOpType().equals("Compress")
                && GraphIndex.input(node, 1).filter(patterns::isConstant).isPresent();
    }

    /** Chosen by constant indices they keep their order; the inverse of a sorting may restore it. */
    private Order chosen(String data, String indices, int steps) {
        Order by = order(indices, steps);
        Order from = order(data, steps);
        if (by == Order.VALUES) {
            return from == Order.VALUES ? Order.LABELS : Order.VALUES;
        }
        return from;
    }

    private Order together(List<String> inputs, int steps) {
        List<Order> orders = inputs.stream().map(input -> order(input, steps)).toList();
        if (orders.contains(Order.LABELS)) {
            return Order.LABELS;
        }
        return orders.contains(Order.VALUES) ? Order.VALUES : Order.NONE;
    }
}
