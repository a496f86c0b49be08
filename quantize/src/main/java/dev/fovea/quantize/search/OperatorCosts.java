package dev.fovea.quantize.search;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.runtime.session.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measured operator times by tensors of the network before the runtime's optimization. Fused operators count for their
 * outputs; conversions and layout changes count for their inputs.
 */
final class OperatorCosts {

    private static final Set<String> CONVERSIONS = Set.of("QuantizeLinear", "DequantizeLinear");

    private final Map<String, Double> micros = new HashMap<>();
    private final Map<String, Long> values = new HashMap<>();
    private double converting;
    private long converted;

    private OperatorCosts() {}

    /** Costs of a profiled network, which was made of the graph. */
    static OperatorCosts of(Profile profile, GraphIndex graph) {
        OperatorCosts costs = new OperatorCosts();
        Map<String, String> tensors = new HashMap<>();
        for (NodeProto node : graph.nodes()) {
            tensors.put(node.getName(), node.getOutput(0));
            node.getInputList().forEach(input -> tensors.put(input, input));
            node.getOutputList().forEach(output -> tensors.put(output, output));
        }
        for (NodeProto node : profile.graph().proto().getGraph().getNodeList()) {
            // tensors that the runtime named are known from what made them
            Optional<String> origin = Stream.of(node.getOutputList(), List.of(node.getName()), node.getInputList())
                    .flatMap(List::stream)
                    .flatMap(name -> origin(name, tensors).stream())
                    .findFirst();
            origin.ifPresent(tensor -> {
                node.getOutputList().forEach(output -> tensors.putIfAbsent(output, tensor));
                Optional.ofNullable(profile.operators().get(node.getName()))
                        .ifPresent(operator -> costs.add(tensor, operator));
            });
        }
        return costs;
    }

    /** The tensor after which, or after whose operator, the runtime or the quantizer named something of its own. */
    private static Optional<String> origin(String name, Map<String, String> tensors) {
        for (int end = name.length(); end > 0; end--) {
            boolean isWhole = end == name.length() || "_:/".indexOf(name.charAt(end)) >= 0;
            String tensor = isWhole ? tensors.get(name.substring(0, end)) : null;
            if (tensor != null) {
                return Optional.of(tensor);
            }
        }
        return Optional.empty();
    }

    private void add(String tensor, Profile.ProfiledOperator operator) {
        micros.merge(tensor, operator.micros(), Double::sum);
        values.merge(tensor, operator.values(), Math::max);
        if (CONVERSIONS.contains(operator.type())) {
            converting += operator.micros();
            converted += operator.values();
        }
    }

    /** Microseconds of the operator with this output; 0 if it is fused into another. */
    double micros(String tensor) {
        return micros.getOrDefault(tensor, 0.0);
    }

    /** Number of elements of a profiled tensor. */
    long values(String tensor) {
        return values.getOrDefault(tensor, 0L);
    }

    /** Microseconds for making a value integer or real, where that was seen. */
    double conversion() {
        return converted == 0 ? 0 : converting / converted;
    }
}
