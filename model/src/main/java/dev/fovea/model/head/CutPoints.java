package dev.fovea.model.head;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of a network through which all that it makes of an image passes: it can be cut at each, and what remains
 * is a smaller and faster network. Found by walking the operators in their order, without knowing any shape.
 */
public final class CutPoints {

    /** What changes the shape of the features only. */
    private static final Set<String> RESHAPING = Set.of(
            "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Pad", "Cast", "Shape");

    private final GraphIndex graph;
    private final Map<String, Integer> uses = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private long parameters;

    private CutPoints(OnnxModel features) {
        this.graph = new GraphIndex(features);
    }

    /**
     * A value to cut at.
     *
     * @param tensor the features
     * @param parameters learned numbers of the network up to here
     */
    public record CutPoint(EmbeddingTensor tensor, long parameters) {}

    /**
     * All such values up to the features, these last.
     *
     * @param model whose only input is the image
     * @param last the features of the whole network
     */
    public static List<CutPoint> of(OnnxModel model, EmbeddingTensor last) {
        OnnxModel kept = last.extract(model);
        List<CutPoint> points =
                new CutPoints(kept).walk(kept.inputs().getFirst().name());
        points.removeIf(point -> point.tensor().name().equals(last.name()));
        long all = points.isEmpty() ? 0 : points.getLast().parameters();
        points.add(new CutPoint(last, Math.max(all, new CutPoints(kept).total())));
        return List.copyOf(points);
    }

    /** The network with these values as its only outputs, in their order: a run tells their shapes. */
    public static OnnxModel exposed(OnnxModel model, List<CutPoint> points) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder().clearOutput();
        points.forEach(point -> graph.addOutput(
                ValueInfoProto.newBuilder().setName(point.tensor().name())));
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private long total() {
        graph.nodes().forEach(this::count);
        return parameters;
    }

    private List<CutPoint> walk(String image) {
        List<CutPoint> points = new ArrayList<>();
        Set<String> waiting = new HashSet<>(Set.of(image));
        uses.put(image, graph.consumers(image).size());
        for (NodeProto node : graph.nodes()) {
            boolean ofImage = false;
            for (String input : node.getInputList()) {
                if (waiting.contains(input)) {
                    ofImage = true;
                    uses.merge(input, -1, Integer::sum);
                }
            }
            count(node);
            if (!ofImage) {
                continue;
            }
            waiting.removeIf(value -> uses.getOrDefault(value, 0) <= 0);
            for (String output : node.getOutputList()) {
                if (!graph.consumers(output).isEmpty()) {
                    waiting.add(output);
                    uses.put(output, graph.consumers(output).size());
                }
            }
            String made = node.getOutput(0);
            if (waiting.size() == 1 && waiting.contains(made) && !RESHAPING.contains(node.getOpType())) {
                points.add(new CutPoint(EmbeddingTensor.of(graph, made), parameters));
            }
        }
        return points;
    }

    /** Weights that several operators share count once. */
    private void count(NodeProto node) {
        for (String input : node.getInputList()) {
            graph.initializer(input)
                    .filter(_ -> counted.add(input))
                    .map(CutPoints::elements)
                    .ifPresent(elements -> parameters += elements);
        }
    }

    private static long elements(TensorProto tensor) {
        long elements = 1;
        for (long length : tensor.getDimsList()) {
            elements *= length;
        }
        return elements;
    }
}
