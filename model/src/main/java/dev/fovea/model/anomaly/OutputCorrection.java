package dev.fovea.model.anomaly;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import java.util.List;
import java.util.Map;

/**
 * A linear map of an output: {@code factor · value + offset}. It brings scores of a changed network, such as one in
 * integers, back to the scale of the threshold.
 *
 * @param factor positive
 */
public record OutputCorrection(double factor, double offset) {

    private static final String PREFIX = "correction::";

    public OutputCorrection {
        if (!(factor > 0) || !Double.isFinite(factor) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("a correction by %s and %s".formatted(factor, offset));
        }
    }

    /**
     * The model with corrected outputs under the same names.
     *
     * @param corrections by the name of a float output
     */
    public static OnnxModel applied(OnnxModel model, Map<String, OutputCorrection> corrections) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        String prefix = free(graph);
        List<NodeProto> nodes = List.copyOf(graph.getNodeList());
        graph.clearNode();
        for (NodeProto node : nodes) {
            NodeProto.Builder renamed = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                renamed.setInput(i, inner(prefix, node.getInput(i), corrections));
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                renamed.setOutput(i, inner(prefix, node.getOutput(i), corrections));
            }
            graph.addNode(renamed);
        }
        corrections.forEach((output, correction) -> correction.append(graph, prefix, output));
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /** A prefix that no operator has: a network may be corrected again. */
    private static String free(GraphProto.Builder graph) {
        String prefix = PREFIX;
        for (int i = 2; begins(graph, prefix); i++) {
            prefix = PREFIX + i + "::";
        }
        return prefix;
    }

    private static boolean begins(GraphProto.Builder graph, String prefix) {
        return graph.getNodeList().stream().anyMatch(node -> node.getName().startsWith(prefix));
    }

    private static String inner(String prefix, String name, Map<String, OutputCorrection> corrections) {
        return corrections.containsKey(name) ? prefix + name : name;
    }

    private void append(GraphProto.Builder graph, String prefix, String output) {
        String inner = prefix + output;
        String scaled = inner + "::scaled";
        String by = inner + "::factor";
        String plus = inner + "::offset";
        graph.addInitializer(TensorValues.of(by, List.of(), new float[] {(float) factor}))
                .addInitializer(TensorValues.of(plus, List.of(), new float[] {(float) offset}))
                .addNode(node("Mul", inner + "::mul", inner, by, scaled))
                .addNode(node("Add", inner + "::add", scaled, plus, output));
    }

    private static NodeProto node(String type, String name, String first, String second, String output) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(name)
                .addInput(first)
                .addInput(second)
                .addOutput(output)
                .build();
    }
}
