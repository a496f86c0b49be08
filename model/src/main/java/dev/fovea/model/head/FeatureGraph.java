package dev.fovea.model.head;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.EmbeddingTensor.Channels;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.OpsetUpgrade;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.model.tensor.DataType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A network that ends in its features, {@code [N,D]} single-precision floats: what a classifier had behind them is
 * gone, and features with places are averaged over those. Immutable.
 */
public final class FeatureGraph {

    /** Until this version of the operator set, the axes of a mean are an attribute. */
    private static final long LAST_WITH_AXES_ATTRIBUTE = 17;

    /** From this version on, a Gemm takes a bias of one axis. */
    private static final long FIRST_OPSET = 7;

    private final OnnxModel model;
    private final String output;
    private final int length;

    private FeatureGraph(OnnxModel model, String output, int length) {
        this.model = model;
        this.output = output;
        this.length = length;
    }

    /**
     * Cuts a network off at a tensor.
     *
     * @param shape of the tensor in a run, two axes or more
     * @param type of the tensor, {@code FP32} or {@code FP16}
     * @throws dev.fovea.fault.FoveaException {@code MODEL_OPERATOR_UNSUPPORTED} for operator sets before 7
     */
    public static FeatureGraph of(OnnxModel network, EmbeddingTensor cut, long[] shape, DataType type) {
        OnnxModel kept = kept(network, cut);
        NetworkEnd end = new NetworkEnd(kept);
        String features = features(end, cut, shape, type, kept);
        int length = length(cut, shape);
        return new FeatureGraph(end.model(features, length), features, length);
    }

    /**
     * The features of several cuts side by side, in their order: one run gives those of all. The last cut comes last in
     * the network, and the others lie before it.
     *
     * @param cuts of {@link CutPoints}
     */
    public static FeatureGraph of(OnnxModel network, List<ShapedCut> cuts) {
        OnnxModel kept = kept(network, cuts.getLast().tensor());
        NetworkEnd end = new NetworkEnd(kept);
        List<String> parts = cuts.stream()
                .map(cut -> features(end, cut.tensor(), cut.axes(), cut.type(), kept))
                .toList();
        String all = end.node("Concat", "cuts", parts, GraphBuilder.integer("axis", 1));
        int length = cuts.stream().mapToInt(ShapedCut::features).sum();
        return new FeatureGraph(end.model(all, length), all, length);
    }

    /**
     * A network that was made of a feature graph's and gives as many features by other arithmetic, such as INT8.
     *
     * @param model whose first output is the features {@code [N,D]}
     */
    public FeatureGraph replacedBy(OnnxModel model) {
        return new FeatureGraph(model, model.outputs().getFirst().name(), length);
    }

    private static OnnxModel kept(OnnxModel network, EmbeddingTensor cut) {
        OnnxModel modern = network.opsets().getOrDefault("ai.onnx", FIRST_OPSET) < FIRST_OPSET
                ? OpsetUpgrade.apply(network)
                : network;
        return withoutUnused(GraphEdits.withFixedInitializers(cut.extract(modern)));
    }

    private static String features(NetworkEnd end, EmbeddingTensor cut, long[] shape, DataType type, OnnxModel model) {
        String pooled = shape.length == 2 ? cut.name() : pooled(end, cut, shape.length, model);
        return type == DataType.FP32
                ? pooled
                : end.node(
                        "Cast",
                        "features",
                        List.of(pooled),
                        GraphBuilder.integer("to", TensorProto.DataType.FLOAT_VALUE));
    }

    private static int length(EmbeddingTensor cut, long[] shape) {
        return Math.toIntExact(cut.channels() == Channels.SECOND ? shape[1] : shape[shape.length - 1]);
    }

    private static String pooled(NetworkEnd end, EmbeddingTensor cut, int axes, OnnxModel model) {
        if (cut.channels() == Channels.SECOND) {
            // for which the runtime has a kernel in the layout of its convolutions
            String mean = end.node("GlobalAveragePool", "mean", List.of(cut.name()));
            return end.node("Flatten", "pooled", List.of(mean));
        }
        long[] places = LongStream.range(1, axes - 1L).toArray();
        AttributeProto dropped = GraphBuilder.integer("keepdims", 0);
        if (model.opsets().getOrDefault("ai.onnx", 0L) <= LAST_WITH_AXES_ATTRIBUTE) {
            return end.node("ReduceMean", "pooled", List.of(cut.name()), GraphBuilder.ints("axes", places), dropped);
        }
        String list = end.tensor("places", TensorValues.of("places", places));
        return end.node("ReduceMean", "pooled", List.of(cut.name(), list), dropped);
    }

    /** Weights that no operator takes any more are gone, and what was known of values that are not computed. */
    private static OnnxModel withoutUnused(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        Set<String> used = new HashSet<>();
        Set<String> made = new HashSet<>();
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        boolean nested = false;
        for (NodeProto node : graph.getNodeList()) {
            used.addAll(node.getInputList());
            made.addAll(node.getOutputList());
            nested |= node.getAttributeList().stream()
                    .anyMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0);
        }
        if (nested) {
            return model; // an inner graph takes weights of the outer one without naming them as inputs
        }
        GraphProto.Builder kept = graph.toBuilder().clearInitializer().clearValueInfo();
        graph.getInitializerList().stream()
                .filter(tensor -> used.contains(tensor.getName()))
                .forEach(kept::addInitializer);
        graph.getValueInfoList().stream()
                .filter(value -> made.contains(value.getName()))
                .forEach(kept::addValueInfo);
        return OnnxModel.of(model.proto().toBuilder().setGraph(kept).build());
    }

    /** The network; its only output is {@link #tensor}. */
    public OnnxModel model() {
        return model;
    }

    /** The output {@code [N,D]}. */
    public EmbeddingTensor tensor() {
        return new EmbeddingTensor(output, Channels.LAST);
    }

    /** D. */
    public int features() {
        return length;
    }

    /**
     * The network with a classifier on its features; its only output is the logits {@code [N,K]}.
     *
     * @param transform of the features before the classifier
     * @param head of as many features
     */
    public OnnxModel with(FeatureTransform transform, LinearHead head) {
        requireFeatures(head);
        NetworkEnd end = new NetworkEnd(model);
        String features = transformed(end, transform);
        String logits = end.free("logits");
        gemm(end, features, head, logits);
        return end.model(logits, head.classes());
    }

    /**
     * The network with several classifiers on its features; its outputs are the logits of each, {@code [N,K]}, in their
     * order, named as the classifier where the graph has no such name yet.
     *
     * @param heads of as many features, one or more
     */
    public OnnxModel with(List<NamedHead> heads) {
        heads.forEach(head -> requireFeatures(head.head()));
        NetworkEnd end = new NetworkEnd(model);
        Map<FeatureTransform, String> features = new EnumMap<>(FeatureTransform.class);
        Map<String, Integer> outputs = new LinkedHashMap<>();
        for (NamedHead head : heads) {
            String logits = end.own(head.name());
            gemm(
                    end,
                    features.computeIfAbsent(head.transform(), transform -> transformed(end, transform)),
                    head.head(),
                    logits);
            outputs.put(logits, head.head().classes());
        }
        return end.model(outputs);
    }

    /** A classifier with the name of what it tells. */
    public record NamedHead(String name, FeatureTransform transform, LinearHead head) {}

    private void requireFeatures(LinearHead head) {
        if (head.features() != length) {
            throw new IllegalArgumentException(
                    "a head of %d features on a network of %d".formatted(head.features(), length));
        }
    }

    private String transformed(NetworkEnd end, FeatureTransform transform) {
        return switch (transform) {
            case PLAIN -> output;
            case SIGNED_ROOTS -> roots(end);
        };
    }

    private static void gemm(NetworkEnd end, String features, LinearHead head, String logits) {
        String weights = end.tensor(
                "weights",
                TensorValues.of("weights", List.of((long) head.classes(), (long) head.features()), head.weights()));
        String bias = end.tensor("bias", TensorValues.of("bias", List.of((long) head.classes()), head.bias()));
        end.named("Gemm", logits, List.of(features, weights, bias), GraphBuilder.integer("transB", 1));
    }

    /** The roots of what is above 0 less those of what is below, by operators that every operator set has. */
    private String roots(NetworkEnd end) {
        String above = end.node("Sqrt", "above-root", List.of(end.node("Relu", "above", List.of(output))));
        String negated = end.node("Neg", "negated", List.of(output));
        String below = end.node("Sqrt", "below-root", List.of(end.node("Relu", "below", List.of(negated))));
        return end.node("Sub", "roots", List.of(above, below));
    }
}
