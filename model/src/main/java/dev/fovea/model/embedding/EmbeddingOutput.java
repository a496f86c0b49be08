package dev.fovea.model.embedding;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.EmbeddingTensor.Channels;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.model.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Adds the projected embedding to a graph as its last output. Nothing that the graph has is changed. What is added
 * takes a value that other operators take too, so that the runtime fuses as before; of a quantized graph it takes a
 * dequantized copy of its own, so that each DequantizeLinear has one user, as fusions into integer operators want.
 * Pure.
 */
public final class EmbeddingOutput {

    /** The name of the output {@code [N, d]}; no caller sees it. */
    public static final String NAME = "fovea.embedding";

    private static final String PREFIX = NAME + ".";
    /** Until this version of the operator set, the axes of a mean are an attribute. */
    private static final long LAST_WITH_AXES_ATTRIBUTE = 17;

    private static final long FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final OnnxModel model;
    private final EmbeddingProjection projection;
    private final GraphProto.Builder graph;

    private EmbeddingOutput(OnnxModel model, EmbeddingProjection projection) {
        this.model = model;
        this.projection = projection;
        this.graph = model.proto().getGraph().toBuilder();
    }

    /** The graph with the output; empty where it has no such value, or has an output of that name. */
    public static Optional<OnnxModel> added(OnnxModel model, EmbeddingProjection projection) {
        GraphIndex index = new GraphIndex(model);
        Optional<NodeProto> producer = index.producer(projection.tensor().name());
        return producer.isEmpty() || index.producer(NAME).isPresent()
                ? Optional.empty()
                : Optional.of(new EmbeddingOutput(model, projection).with(producer.get()));
    }

    /** What a graph gives without the added output, which is the last. */
    public static List<Tensor> without(List<Tensor> outputs) {
        return outputs.getLast().name().equals(NAME) ? outputs.subList(0, outputs.size() - 1) : outputs;
    }

    private OnnxModel with(NodeProto producer) {
        String pooled = cast(pooled(own(producer)));
        if (projection.kind() == EmbeddingProjection.ProjectionKind.POOLED) {
            node("Identity", NAME, List.of(pooled));
        } else {
            int dimensions = projection.dimensions();
            graph.addInitializer(TensorValues.of(
                    PREFIX + "weights",
                    List.of((long) projection.features(), (long) dimensions),
                    projection.weights()));
            graph.addInitializer(TensorValues.of(PREFIX + "offset", List.of((long) dimensions), projection.offset()));
            node("Gemm", NAME, List.of(pooled, PREFIX + "weights", PREFIX + "offset"));
        }
        graph.addOutput(declared());
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private String own(NodeProto producer) {
        String tensor = projection.tensor().name();
        if (!producer.getOpType().equals("DequantizeLinear")) {
            return tensor;
        }
        graph.addNode(producer.toBuilder()
                .setName(PREFIX + "dequantized")
                .clearOutput()
                .addOutput(PREFIX + "dequantized"));
        return PREFIX + "dequantized";
    }

    /** {@code [N, D]}: the mean over all places. */
    private String pooled(String value) {
        if (projection.axes() == 2) {
            return value;
        }
        if (projection.tensor().channels() == Channels.SECOND) {
            // for which the runtime has a kernel in the layout of its convolutions
            String mean = node("GlobalAveragePool", PREFIX + "mean", List.of(value));
            return node("Flatten", PREFIX + "flat", List.of(mean));
        }
        long[] axes = LongStream.range(1, projection.axes() - 1L).toArray();
        if (model.opsets().getOrDefault("ai.onnx", 0L) <= LAST_WITH_AXES_ATTRIBUTE) {
            return node(
                    "ReduceMean",
                    PREFIX + "mean",
                    List.of(value),
                    GraphBuilder.ints("axes", axes),
                    GraphBuilder.integer("keepdims", 0));
        }
        graph.addInitializer(TensorValues.of(PREFIX + "axes", axes));
        return node(
                "ReduceMean", PREFIX + "mean", List.of(value, PREFIX + "axes"), GraphBuilder.integer("keepdims", 0));
    }

    /** Networks of half precision; one of single precision is not changed by it, and the runtime removes it. */
    private String cast(String value) {
        return node("Cast", PREFIX + "single", List.of(value), GraphBuilder.integer("to", FLOAT));
    }

    private String node(
            String type, String output, List<String> inputs, ai.onnx.proto.OnnxMl.AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** With the batch of the first output, so that requests are put together as before. */
    private ValueInfoProto declared() {
        TensorShapeProto first = graph.getOutput(0).getType().getTensorType().getShape();
        TensorShapeProto.Dimension batch =
                first.getDimCount() > 0 ? first.getDim(0) : TensorShapeProto.Dimension.getDefaultInstance();
        return ValueInfoProto.newBuilder()
                .setName(NAME)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType((int) FLOAT)
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(batch)
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(projection.dimensions())))))
                .build();
    }
}
