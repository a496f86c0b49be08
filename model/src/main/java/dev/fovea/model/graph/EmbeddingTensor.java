package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The embedding of a classifier: the input of its last Gemm, MatMul or Conv with carried weights. SqueezeNet classifies
 * by a Conv and pools after it; its embedding is the pooled input of that Conv.
 *
 * @param name of the value in the graph
 * @param channels which axis is kept; the mean is taken over the others, but for the batch
 */
public record EmbeddingTensor(String name, Channels channels) {

    /** The axis of the features. */
    public enum Channels {
        /** {@code [N,D,…]}, as a Conv takes. */
        SECOND,
        /** {@code [N,…,D]}, as a Gemm or MatMul takes. */
        LAST
    }

    private static final Set<String> LAST_AXIS = Set.of("Gemm", "MatMul", "LayerNormalization");
    private static final int MAX_STEPS = 50;
    private static final Set<String> RESHAPING = Set.of(
            "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Resize", "Pad", "Expand");

    /** The embedding tensor behind an output; empty where no single layer classifies, or it is the graph's first. */
    public static Optional<EmbeddingTensor> find(OnnxModel model, String output) {
        GraphIndex graph = new GraphIndex(model);
        Set<String> inputs = new HashSet<>();
        model.inputs().forEach(input -> inputs.add(input.name()));
        Optional<NodeProto> node = graph.producer(output);
        for (int i = 0; i < MAX_STEPS && node.isPresent(); i++) {
            NodeProto found = node.get();
            List<String> activations = found.getInputList().stream()
                    .filter(value -> inputs.contains(value) || dependsOnAny(graph, value, inputs))
                    .toList();
            boolean single =
                    activations.size() == 1 || (!activations.isEmpty() && RESHAPING.contains(found.getOpType()));
            if (!single || inputs.contains(activations.getFirst())) {
                return Optional.empty();
            }
            String value = activations.getFirst();
            switch (found.getOpType()) {
                case "Gemm", "MatMul" -> {
                    return Optional.of(new EmbeddingTensor(value, Channels.LAST));
                }
                case "Conv" -> {
                    return Optional.of(new EmbeddingTensor(value, Channels.SECOND));
                }
                default -> node = graph.producer(value);
            }
        }
        return Optional.empty();
    }

    /**
     * A value of a graph as embedding: transformers have features on the last axis, convolutional networks on the
     * second.
     */
    public static EmbeddingTensor of(GraphIndex graph, String value) {
        boolean last = Stream.concat(graph.consumers(value).stream(), graph.producer(value).stream())
                .map(NodeProto::getOpType)
                .anyMatch(LAST_AXIS::contains);
        return new EmbeddingTensor(value, last ? Channels.LAST : Channels.SECOND);
    }

    private static boolean dependsOnAny(GraphIndex graph, String value, Set<String> inputs) {
        return graph.sources(value).stream().anyMatch(inputs::contains);
    }

    /** The part of the graph that gives this tensor, its only output. */
    public OnnxModel extract(OnnxModel model) {
        return GraphEdits.withOnlyOutput(model, name);
    }

    /**
     * Embeddings of a tensor's values.
     *
     * @param shape {@code [N,…]}, of rank 2 or more
     * @param values in the shape's order
     * @return {@code [N][D]}
     */
    public float[][] pool(long[] shape, float[] values) {
        int items = (int) shape[0];
        int features = (int) (channels == Channels.SECOND ? shape[1] : shape[shape.length - 1]);
        int places = items == 0 || features == 0 ? 0 : values.length / items / features;
        boolean second = channels == Channels.SECOND;
        float[][] embeddings = new float[items][features];
        for (int item = 0; item < items; item++) {
            int start = item * features * places;
            for (int d = 0; d < features; d++) {
                double sum = 0;
                for (int place = 0; place < places; place++) {
                    sum += values[start + (second ? d * places + place : place * features + d)];
                }
                embeddings[item][d] = (float) (sum / places);
            }
        }
        return embeddings;
    }
}
