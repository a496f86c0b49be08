package dev.fovea.training.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.TensorValues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which stored tensors of a graph are learned by gradient and which by watching the batches, from what the nodes use
 * them for. Everything else (bounds, shapes, pads) stays as it is.
 */
final class WeightRoles {

    /** Give their first input on under another name or shape. */
    private static final Set<String> PASSING = Set.of(
            "Identity", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Expand", "Tile", "Slice", "Split");

    private static final Set<String> LAYERS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul", "Einsum");

    private final Map<String, String> origins = new HashMap<>();
    private final Map<String, Integer> learned = new LinkedHashMap<>();
    private final Set<String> updated = new LinkedHashSet<>();
    private int layers;

    /**
     * Roles in a graph.
     *
     * @param constants names of tensors that are numbers of a formula where they are added or multiplied
     */
    WeightRoles(GraphProto graph, Set<String> constants) {
        for (TensorProto tensor : graph.getInitializerList()) {
            if (TensorValues.isFloat(tensor)) {
                origins.put(tensor.getName(), tensor.getName());
            }
        }
        Set<String> single = new LinkedHashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            // Single numbers are constants of the formula (the 127.5 of a normalisation), not weights.
            if (tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b) <= 1) {
                single.add(tensor.getName());
            }
        }
        graph.getNodeList().forEach(node -> read(node, constants));
        learned.keySet().removeAll(single);
    }

    private void read(NodeProto node, Set<String> constants) {
        List<String> inputs = node.getInputList();
        if (PASSING.contains(node.getOpType())) {
            String origin = origins.get(inputs.getFirst());
            if (origin != null) {
                node.getOutputList().forEach(output -> origins.put(output, origin));
            }
            return;
        }
        if (LAYERS.contains(node.getOpType()) && inputs.stream().anyMatch(origins::containsKey)) {
            layers++;
        }
        switch (node.getOpType()) {
            case "Conv", "ConvTranspose", "Gemm", "LayerNormalization", "InstanceNormalization", "GroupNormalization" ->
                learn(inputs.subList(1, inputs.size()), Set.of());
            case "BatchNormalization" -> {
                learn(inputs.subList(1, 3), Set.of());
                updated.addAll(inputs.subList(3, 5));
            }
            case "MatMul", "Einsum" -> learn(inputs, Set.of());
            case "Add", "Sub", "Mul", "Div", "Sum", "Concat" -> learn(inputs, constants);
            case "PRelu" -> learn(inputs.subList(1, 2), Set.of());
            case "Gather" -> learn(inputs.subList(0, 1), constants);
            default -> {
                // Takes its constants as they are.
            }
        }
    }

    private void learn(List<String> inputs, Set<String> excluded) {
        for (String input : inputs) {
            String origin = origins.get(input);
            if (origin != null && !excluded.contains(origin)) {
                learned.putIfAbsent(origin, layers);
            }
        }
    }

    /** Names of the tensors that gradients move, in the order of their first use. */
    Set<String> learned() {
        return learned.keySet();
    }

    /** Names of running statistics. */
    Set<String> updated() {
        return updated;
    }

    /** Where a learned tensor is: 0 in the first layer with weights, 1 in the last. */
    double depth(String name) {
        int layer = Math.max(0, learned.getOrDefault(name, layers) - 1);
        return layers < 2 ? 1 : layer / (layers - 1.0);
    }
}
