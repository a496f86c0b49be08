package dev.fovea.server;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.TensorValues;
import java.util.List;

/** Real networks of a few nodes that take tensors of each kind and no images. */
final class TensorModels {

    private static final long ANY = -1;
    private static final long OPSET = 17;
    private static final long IR_VERSION = 8;

    private TensorModels() {}

    /** The four that clients are tried with. */
    static void register(TestModels models) {
        models.tensors("echo", echo());
        models.tensors("texts", same("t", "u", DataType.STRING_VALUE, ANY));
        models.tensors("half", same("h", "g", DataType.FLOAT16_VALUE, ANY, 2));
        models.tensors("fixed", same("x", "y", DataType.FLOAT_VALUE, 1, 2));
    }

    /** {@code x} [N,4] given back as {@code same} and as {@code double}. */
    static byte[] echo() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("echo")
                .addInput(value("x", DataType.FLOAT_VALUE, ANY, 4))
                .addOutput(value("same", DataType.FLOAT_VALUE, ANY, 4))
                .addOutput(value("double", DataType.FLOAT_VALUE, ANY, 4))
                .addInitializer(TensorValues.of("two", List.of(), new float[] {2}))
                .addNode(node("Identity", "same", "x"))
                .addNode(node("Mul", "double", "x", "two"));
        return model(graph);
    }

    private static byte[] same(String input, String output, int type, long... shape) {
        return model(GraphProto.newBuilder()
                .setName("same")
                .addInput(value(input, type, shape))
                .addOutput(value(output, type, shape))
                .addNode(node("Identity", output, input)));
    }

    private static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static ValueInfoProto value(String name, int type, long... shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (long length : shape) {
            TensorShapeProto.Dimension.Builder axis = axes.addDimBuilder();
            if (length == ANY) {
                axis.setDimParam("n");
            } else {
                axis.setDimValue(length);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(axes)))
                .build();
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
