package dev.fovea.server;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.GraphBuilder;
import java.util.List;

/** Valid classifiers of {@code [1,3,32,32]} with three outputs that cost more than anybody has. */
final class HostileNetworks {

    private static final int EDGE = 32;
    private static final int FLOAT = 1;
    private static final int BOOL = 9;
    private static final int INT64 = 7;

    private HostileNetworks() {}

    /** The mean of each channel, after 10^11 turns of a loop. */
    static byte[] looping() {
        GraphBuilder graph = new GraphBuilder("looping");
        String mean = mean(graph);
        GraphProto.Builder body = GraphProto.newBuilder().setName("body");
        body.addInput(value("round", INT64)).addInput(value("going", BOOL)).addInput(value("kept", FLOAT, 1, 3));
        body.addOutput(value("goes", BOOL)).addOutput(value("keeps", FLOAT, 1, 3));
        body.addNode(identity("going", "goes")).addNode(identity("kept", "keeps"));
        AttributeProto loop = AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body)
                .build();
        graph.node("Loop", "logits", List.of(graph.integers("trips", 100_000_000_000L), "", mean), loop);
        return graph.output("logits", 1, 3).build().bytes();
    }

    /** The same means, and the mean of a constant of 20 GB that is computed from a few bytes. */
    static byte[] huge() {
        GraphBuilder graph = new GraphBuilder("huge");
        String mean = mean(graph);
        String one = graph.weights("one", List.of(1L), new float[] {1});
        String many = graph.node("Expand", "many", List.of(one, graph.integers("shape", 5, 1000, 1000, 1000)));
        String root = graph.node("Sqrt", "root", List.of(many));
        String level = graph.node("ReduceMean", "level", List.of(root));
        String flat = graph.node("Reshape", "flat", List.of(level, graph.integers("single", 1)));
        graph.node("Add", "logits", List.of(mean, flat));
        return graph.output("logits", 1, 3).build().bytes();
    }

    private static String mean(GraphBuilder graph) {
        String pixels = graph.input("pixels", 1, 3, EDGE, EDGE);
        String pooled = graph.node("GlobalAveragePool", "pooled", List.of(pixels));
        return graph.node("Reshape", "mean", List.of(pooled, graph.integers("flat-shape", 1, 3)));
    }

    private static ValueInfoProto value(String name, int type, long... shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (long length : shape) {
            axes.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(axes);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static NodeProto identity(String input, String output) {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(input)
                .addOutput(output)
                .build();
    }
}
