package dev.fovea.model.anomaly;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.formats.FoveaMetadata;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds operators to the end of a graph of operator set 13 or newer. The outputs that it had are gone, and all that the
 * values which are gone on from do not need. Operators whose attributes became inputs in a later set are avoided.
 */
final class GraphExtension {

    /** No name of an exporter begins so. */
    private static final String PREFIX = "anomaly::";

    /** Where the weights are from is still true; labels and the preprocessing contract are not. */
    private static final Set<String> KEPT = Set.of(FoveaMetadata.LICENCE, FoveaMetadata.SOURCE);

    private final OnnxModel model;
    private final GraphProto.Builder graph;

    /**
     * Keeps the part of a graph that gives some of its values.
     *
     * @param values names of the values
     */
    GraphExtension(OnnxModel model, Collection<String> values) {
        this.model = model;
        this.graph = model.proto().getGraph().toBuilder().clearOutput().clearValueInfo();
        keep(values);
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
    String node(String type, String name, List<String> inputs, AttributeProto... attributes) {
        return node(type, name, inputs, List.of(PREFIX + name), attributes).getFirst();
    }

    /** One operator with several outputs, of which the first is returned. */
    String first(String type, String name, List<String> inputs, AttributeProto... attributes) {
        return node(type, name, inputs, List.of(PREFIX + name, PREFIX + name + "::others"), attributes)
                .getFirst();
    }

    /** The operator that gives an output of the graph. */
    void output(String type, String name, List<String> inputs, long... shape) {
        node(type, name, inputs, List.of(name));
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
    void open(String name, String value) {
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
                .setName(PREFIX + name)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return outputs;
    }

    String weights(String name, List<Long> shape, float[] values) {
        graph.addInitializer(TensorValues.of(PREFIX + name, shape, values));
        return PREFIX + name;
    }

    String integers(String name, long... values) {
        graph.addInitializer(TensorValues.of(PREFIX + name, values));
        return PREFIX + name;
    }

    /** The model with the new outputs. */
    OnnxModel build() {
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
