package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deepest feature map of a convolutional network that is no classifier. Networks with a pyramid or a decoder begin
 * to enlarge maps where the backbone ends, so it is what the first enlargement takes. Without one it is the last of the
 * smallest maps that several convolutions take, as the heads of a detector do, else the last of the smallest maps that
 * a convolution takes. Found by the strides of the operators, without knowing any shape.
 */
public final class FeatureMap {

    private static final Set<String> ENLARGING = Set.of("Resize", "Upsample", "ConvTranspose", "DepthToSpace");
    private static final Set<String> STRIDED = Set.of("Conv", "MaxPool", "AveragePool");
    /** What is enlarged at a smaller stride is the image, not what a backbone made of it. */
    private static final long MIN_STRIDE = 4;

    private final GraphIndex graph;
    private final Map<String, Long> strides = new HashMap<>();
    private final List<String> maps = new ArrayList<>();

    private FeatureMap(OnnxModel model) {
        this.graph = new GraphIndex(model);
        model.inputs().forEach(input -> strides.put(input.name(), 1L));
    }

    /** The map, pooled over its second and later axes; empty where the network has none. */
    public static Optional<EmbeddingTensor> find(OnnxModel model) {
        FeatureMap map = new FeatureMap(model);
        return map.enlarged().or(map::smallest).map(name -> new EmbeddingTensor(name, EmbeddingTensor.Channels.SECOND));
    }

    /** Follows the maps to the first enlargement, and returns what that takes. */
    private Optional<String> enlarged() {
        for (NodeProto node : graph.nodes()) {
            if (node.getInputCount() == 0) {
                continue;
            }
            String input = node.getInput(0);
            if (ENLARGING.contains(node.getOpType()) && stride(input) >= MIN_STRIDE) {
                return Optional.of(input);
            }
            long taken =
                    node.getInputList().stream().mapToLong(this::stride).max().orElse(0);
            long stride = STRIDED.contains(node.getOpType()) ? taken * step(node) : taken;
            if (node.getOpType().equals("Conv") && taken > 1) {
                maps.add(input);
            }
            node.getOutputList().forEach(output -> strides.put(output, stride));
        }
        return Optional.empty();
    }

    private Optional<String> smallest() {
        long deepest = maps.stream().mapToLong(this::stride).max().orElse(0);
        List<String> candidates = deepest < MIN_STRIDE
                ? List.of()
                : maps.reversed().stream().filter(map -> stride(map) == deepest).toList();
        return candidates.stream()
                .filter(map -> layers(map) > 1)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    /** How many convolutions take a map. */
    private long layers(String map) {
        return graph.consumers(map).stream()
                .filter(node -> node.getOpType().equals("Conv"))
                .count();
    }

    /** Pixels of the input that one step in a map is; 0 where the value does not depend on the input. */
    private long stride(String value) {
        return strides.getOrDefault(value, 0L);
    }

    private static long step(NodeProto node) {
        return GraphIndex.attribute(node, "strides")
                .map(AttributeProto::getIntsList)
                .flatMap(steps -> steps.stream().max(Long::compare))
                .orElse(1L);
    }
}
