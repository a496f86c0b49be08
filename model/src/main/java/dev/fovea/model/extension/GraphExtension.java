package dev.fovea.model.extension;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.imaging.Size;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.OpsetUpgrade;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorValues;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds operators to the end of a graph of operator set 13 or newer. The outputs that it had are gone, and all that the
 * values which are gone on from do not need. Operators whose attributes became inputs in a later set are avoided.
 */
public final class GraphExtension {

    /** Where the weights are from is still true; labels and the preprocessing contract are not. */
    private static final Set<String> KEPT = Set.of(FoveaMetadata.LICENCE, FoveaMetadata.SOURCE);

    private static final int AXES = 4;

    private final OnnxModel model;
    private final String prefix;
    private final GraphProto.Builder graph;

    /**
     * Keeps the part of a graph that gives some of its values.
     *
     * @param prefix of all names that are added, which no name of an exporter begins with
     * @param values names of the values
     */
    public GraphExtension(OnnxModel model, String prefix, Collection<String> values) {
        this.model = model;
        this.prefix = prefix;
        this.graph = model.proto().getGraph().toBuilder().clearOutput().clearValueInfo();
        keep(values);
    }

    /** The model with a symbolic batch axis, in an operator set that later operators can be added to. */
    public static OnnxModel prepared(OnnxModel model) {
        return GraphEdits.withSymbolicBatch(OpsetUpgrade.apply(GraphEdits.withFixedInitializers(model)));
    }

    /** The model whose image input {@code [N, C, H, W]} states another size. */
    public static OnnxModel withInputSize(OnnxModel model, Size size) {
        GraphProto.Builder sized = model.proto().getGraph().toBuilder().clearValueInfo();
        List<String> images = model.inputs().stream().map(TensorSpec::name).toList();
        for (ValueInfoProto.Builder input : sized.getInputBuilderList()) {
            TensorShapeProto.Builder shape =
                    input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
            if (images.contains(input.getName()) && shape.getDimCount() == AXES) {
                shape.setDim(2, TensorShapeProto.Dimension.newBuilder().setDimValue(size.height()));
                shape.setDim(3, TensorShapeProto.Dimension.newBuilder().setDimValue(size.width()));
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(sized).build());
    }

    private void keep(Collection<String> values) {
        List<NodeProto> nodes = graph.getNodeList();
        // an inner graph takes values of the outer one without naming them as inputs
        if (nodes.stream()
                .flatMap(node -> node.getAttributeList().stream())
                .anyMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0)) {
            return;
        }
        Set<String> used = new HashSet<>(values);
        for (NodeProto node : nodes.reversed()) {
            if (node.getOutputList().stream().anyMatch(used::contains)) {
                used.addAll(node.getInputList());
            }
        }
        List<NodeProto> kept = nodes.stream()
                .filter(node -> node.getOutputList().stream().anyMatch(used::contains))
                .toList();
        List<TensorProto> tensors = graph.getInitializerList().stream()
                .filter(tensor -> used.contains(tensor.getName()))
                .toList();
        graph.clearNode().addAllNode(kept).clearInitializer().addAllInitializer(tensors);
    }

    /** One operator; the name of what it gives. */
    public String node(String type, String name, List<String> inputs, AttributeProto... attributes) {
        return node(type, name, inputs, List.of(prefix + name), attributes).getFirst();
    }

    /** One operator with several outputs, of which the first is returned. */
    public String first(String type, String name, List<String> inputs, AttributeProto... attributes) {
        return node(type, name, inputs, List.of(prefix + name, prefix + name + "::others"), attributes)
                .getFirst();
    }

    /** The operator that gives an output of the graph. */
    public void output(String type, String name, List<String> inputs, long... shape) {
        output(type, name, inputs, List.of(), shape);
    }

    /** The same of an operator with attributes. */
    public void output(String type, String name, List<String> inputs, List<AttributeProto> attributes, long... shape) {
        node(type, name, inputs, List.of(name), attributes.toArray(AttributeProto[]::new));
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (long length : shape) {
            axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(axes))));
    }

    /** A value of the graph as an output; its shape is what the graph makes it. */
    public void open(String name, String value) {
        node("Identity", name, List.of(value), List.of(name));
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE))));
    }

    private List<String> node(
            String type, String name, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(prefix + name)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return outputs;
    }

    /** A float tensor; the name that operators take it by. */
    public String weights(String name, List<Long> shape, float[] values) {
        graph.addInitializer(TensorValues.of(prefix + name, shape, values));
        return prefix + name;
    }

    /** An int64 tensor; the name that operators take it by. */
    public String integers(String name, long... values) {
        graph.addInitializer(TensorValues.of(prefix + name, values));
        return prefix + name;
    }

    /** The model with the new outputs. */
    public OnnxModel build() {
        List<StringStringEntryProto> kept = model.proto().getMetadataPropsList().stream()
                .filter(entry -> KEPT.contains(entry.getKey()))
                .toList();
        return GraphEdits.withOwnDomains(OnnxModel.of(model.proto().toBuilder()
                .setGraph(graph)
                .clearMetadataProps()
                .addAllMetadataProps(kept)
                .build()));
    }
}
