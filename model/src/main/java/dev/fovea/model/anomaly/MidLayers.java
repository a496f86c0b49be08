package dev.fovea.model.anomaly;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the feature maps in the middle of a convolutional network: for each stride the last map before the network
 * steps on to a larger one. Where that step is a depthwise convolution, as in MobileNetV2 and EfficientNet, the map is
 * the one before the block widens it. At the largest stride it is what the classifier takes. Found by the operators'
 * strides, without knowing any shape.
 */
public final class MidLayers {

    /** Maps at larger strides say what an image shows, not where. */
    private static final int MAX_STRIDE = 16;

    private static final int COUNT = 3;
    private static final int MAX_STEPS = 12;
    private static final Set<String> STRIDED = Set.of("Conv", "MaxPool", "AveragePool");

    /** What gives no map any more, or one of other places. */
    private static final Set<String> ENDING = Set.of(
            "GlobalAveragePool",
            "GlobalMaxPool",
            "ReduceMean",
            "ReduceMax",
            "Flatten",
            "Reshape",
            "Squeeze",
            "Transpose",
            "Gemm",
            "MatMul",
            "Shape",
            "Resize",
            "Upsample",
            "ConvTranspose");

    private final GraphIndex graph;
    private final Map<String, Integer> strides = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<Integer, String> last = new TreeMap<>();

    private MidLayers(OnnxModel model) {
        this.graph = new GraphIndex(model);
        model.inputs().forEach(input -> strides.put(input.name(), 1));
    }

    /**
     * The maps, at most three, of the largest strides up to 16.
     *
     * @param cut features of the network
     * @return in the order of their strides; empty for a network without such maps
     */
    public static List<MidLayer> of(OnnxModel model, EmbeddingTensor cut) {
        List<MidLayer> found = upTo(model, cut, MAX_STRIDE);
        return found.subList(Math.max(0, found.size() - COUNT), found.size());
    }

    /**
     * All maps up to a stride, one for each.
     *
     * @param cut features of the network
     * @return in the order of their strides; empty for a network without such maps
     */
    public static List<MidLayer> upTo(OnnxModel model, EmbeddingTensor cut, int maxStride) {
        MidLayers layers = new MidLayers(model);
        layers.follow();
        layers.map(cut.name()).ifPresent(map -> layers.last.putIfAbsent(layers.stride(map), map));
        return layers.last.entrySet().stream()
                .filter(entry -> entry.getKey() <= maxStride)
                .map(entry -> new MidLayer(entry.getValue(), entry.getKey()))
                .toList();
    }

    private void follow() {
        List<NodeProto> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeProto node = nodes.get(i);
            int taken =
                    node.getInputList().stream().mapToInt(this::stride).max().orElse(0);
            if (taken == 0 || ENDING.contains(node.getOpType())) {
                continue;
            }
            int step = STRIDED.contains(node.getOpType()) ? step(node) : 1;
            if (step > 1) {
                stepped(node, taken);
            }
            for (String output : node.getOutputList()) {
                strides.put(output, taken * step);
                order.put(output, i);
            }
        }
    }

    /** Of several maps that are stepped on from, as in residual blocks, the first is the one behind the last block. */
    private void stepped(NodeProto node, int stride) {
        String map = isDepthwise(node) ? narrow(node.getInput(0)) : node.getInput(0);
        if (order.containsKey(map) && stride(map) == stride) {
            last.merge(stride, map, (one, other) -> place(one) <= place(other) ? one : other);
        }
    }

    private int place(String value) {
        return order.getOrDefault(value, 0);
    }

    private static boolean isDepthwise(NodeProto node) {
        return node.getOpType().equals("Conv") && GraphIndex.integer(node, "group", 1) > 1;
    }

    /** What the convolution before this value takes. */
    private String narrow(String value) {
        String at = value;
        for (int i = 0; i < MAX_STEPS; i++) {
            Optional<NodeProto> producer = graph.producer(at).filter(node -> node.getInputCount() > 0);
            if (producer.isEmpty() || !order.containsKey(producer.get().getInput(0))) {
                return value;
            }
            at = producer.get().getInput(0);
            if (producer.get().getOpType().equals("Conv")) {
                return isDepthwise(producer.get()) ? value : at;
            }
        }
        return value;
    }

    /** The map that a network's features are pooled from. */
    private Optional<String> map(String value) {
        String at = value;
        for (int i = 0; i < MAX_STEPS; i++) {
            if (order.containsKey(at)) {
                return Optional.of(at);
            }
            Optional<NodeProto> producer = graph.producer(at).filter(node -> node.getInputCount() > 0);
            if (producer.isEmpty()) {
                return Optional.empty();
            }
            at = producer.get().getInput(0);
        }
        return Optional.empty();
    }

    private int stride(String value) {
        return strides.getOrDefault(value, 0);
    }

    private static int step(NodeProto node) {
        return GraphIndex.attribute(node, "strides")
                .map(AttributeProto::getIntsList)
                .flatMap(steps -> steps.stream().max(Long::compare))
                .orElse(1L)
                .intValue();
    }
}
