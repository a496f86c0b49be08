package dev.fovea.model.head;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.OnnxModel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds operators to a graph under names that it does not have. */
final class NetworkEnd {

    private static final String PREFIX = "head.";

    private final OnnxModel model;
    private final GraphProto.Builder graph;
    private final Set<String> taken = new HashSet<>();

    NetworkEnd(OnnxModel model) {
        this.model = model;
        this.graph = model.proto().getGraph().toBuilder();
        graph.getInputList().forEach(input -> taken.add(input.getName()));
        graph.getInitializerList().forEach(tensor -> taken.add(tensor.getName()));
        graph.getNodeList().forEach(node -> {
            taken.add(node.getName());
            taken.addAll(node.getOutputList());
        });
    }

    String free(String name) {
        String wanted = PREFIX + name;
        for (int i = 2; !taken.add(wanted); i++) {
            wanted = PREFIX + name + i;
        }
        return wanted;
    }

    String tensor(String name, TensorProto values) {
        String own = free(name);
        graph.addInitializer(values.toBuilder().setName(own));
        return own;
    }

    String node(String type, String name, List<String> inputs, AttributeProto... attributes) {
        String own = free(name);
        named(type, own, inputs, attributes);
        return own;
    }

    /** A name of an output: the stated one, unless it is taken. */
    String own(String name) {
        return taken.add(name) ? name : free(name);
    }

    /** An operator and its output under a name that is free. */
    void named(String type, String own, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(own)
                .addAllInput(inputs)
                .addOutput(own)
                .addAllAttribute(List.of(attributes)));
    }

    /** With an output {@code [N,length]}, N as in the image input. */
    OnnxModel model(String output, int length) {
        return model(Map.of(output, length));
    }

    /** With outputs {@code [N,length]} in their order. */
    OnnxModel model(Map<String, Integer> outputs) {
        String image = model.inputs().getFirst().name();
        TensorShapeProto.Dimension batch = graph.getInputList().stream()
                .filter(input -> input.getName().equals(image))
                .map(input -> input.getType().getTensorType().getShape().getDim(0))
                .findFirst()
                .orElseThrow();
        graph.clearOutput();
        outputs.forEach((output, length) -> graph.addOutput(ValueInfoProto.newBuilder()
                .setName(output)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(batch)
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(length)))))));
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }
}
