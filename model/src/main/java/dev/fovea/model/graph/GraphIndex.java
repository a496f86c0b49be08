package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who makes and who takes each value of a graph, looked up by name. Immutable. */
public final class GraphIndex {

    private final List<NodeProto> nodes;
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, List<NodeProto>> consumers = new HashMap<>();
    private final Map<String, TensorProto> initializers = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();

    /** An index of the model's main graph. */
    public GraphIndex(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        this.nodes = List.copyOf(graph.getNodeList());
        for (NodeProto node : nodes) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            node.getInputList()
                    .forEach(input -> consumers
                            .computeIfAbsent(input, name -> new ArrayList<>())
                            .add(node));
        }
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(outputs::add);
    }

    /** In the graph's order, which has producers before consumers. */
    public List<NodeProto> nodes() {
        return nodes;
    }

    /** The first outputs of the last operators, the last of all first. */
    public List<String> lastValues(int most) {
        return nodes.reversed().stream()
                .limit(most)
                .map(node -> node.getOutput(0))
                .toList();
    }

    /** What makes a value; empty for inputs and initializers. */
    public Optional<NodeProto> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    /** What takes a value; an operator that takes it twice is there twice. */
    public List<NodeProto> consumers(String value) {
        return consumers.getOrDefault(value, List.of());
    }

    /** The values that the model carries under a name. */
    public Optional<TensorProto> initializer(String value) {
        return Optional.ofNullable(initializers.get(value));
    }

    /** The float values that the model carries under a name. */
    public Optional<TensorProto> floats(String value) {
        return initializer(value).filter(TensorValues::isFloat);
    }

    /** Whether a value leaves the graph. */
    public boolean isOutput(String value) {
        return outputs.contains(value);
    }

    /** Whether one operator takes the value, once, and it does not leave the graph. */
    public boolean hasOneUse(String value) {
        return consumers(value).size() == 1 && !isOutput(value);
    }

    /** Whether one value is computed from another. */
    public boolean dependsOn(String value, String other) {
        return sources(value).contains(other);
    }

    /** All values that a value is computed from. */
    Set<String> sources(String value) {
        Set<String> seen = new HashSet<>();
        ArrayDeque<String> waiting = new ArrayDeque<>(List.of(value));
        while (!waiting.isEmpty()) {
            producer(waiting.pop()).map(NodeProto::getInputList).stream()
                    .flatMap(List::stream)
                    .filter(seen::add)
                    .forEach(waiting::push);
        }
        return seen;
    }

    /** An operator's input; empty where it is left out. */
    public static Optional<String> input(NodeProto node, int position) {
        return position < node.getInputCount() && !node.getInput(position).isEmpty()
                ? Optional.of(node.getInput(position))
                : Optional.empty();
    }

    /** An operator's attribute. */
    public static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    /** An integer attribute, or what it is when it is not given. */
    public static long integer(NodeProto node, String name, long usual) {
        return attribute(node, name).map(AttributeProto::getI).orElse(usual);
    }

    /** A number attribute, or what it is when it is not given. */
    public static float number(NodeProto node, String name, float usual) {
        return attribute(node, name).map(AttributeProto::getF).orElse(usual);
    }
}
