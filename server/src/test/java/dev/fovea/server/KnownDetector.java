package dev.fovea.server;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.TensorValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Networks whose outputs are constants, for each image of a batch, in the shapes and types of real exports. */
final class KnownDetector {

    static final int EDGE = 64;
    static final long ANY = -1;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("known");
    private final ModelProto.Builder model = ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));

    /** A network of one image input {@code [batch,3,64,64]}. */
    static KnownDetector taking(String input, long... shape) {
        KnownDetector network = new KnownDetector();
        network.input(input, DataType.FLOAT, shape);
        if (shape.length == 4) {
            network.node("Shape", "shape", input);
            network.graph.addInitializer(TensorValues.of("zero", 0));
            network.node("Gather", "batch", "shape", "zero");
        }
        return network;
    }

    KnownDetector metadata(String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        return this;
    }

    /** Another input. */
    KnownDetector input(String name, DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return this;
    }

    /** An output {@code [batch, …]} that gives every image the same values. */
    KnownDetector output(String name, DataType type, List<Long> shape, double... values) {
        graph.addInitializer(tensor(name + "_values", type, shape, values));
        graph.addInitializer(TensorValues.of(
                name + "_rest",
                shape.stream().skip(1).mapToLong(Long::longValue).toArray()));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Concat")
                .addInput("batch")
                .addInput(name + "_rest")
                .addOutput(name + "_shape")
                .addAttribute(GraphBuilder.integer("axis", 0)));
        node("Expand", name, name + "_values", name + "_shape");
        long[] open = shape.stream().mapToLong(Long::longValue).toArray();
        open[0] = ANY;
        graph.addOutput(value(name, type, open));
        return this;
    }

    /** An output without a batch axis, of as many rows as there are detections. */
    KnownDetector unbatched(String name, DataType type, List<Long> shape, double... values) {
        graph.addInitializer(tensor(name + "_values", type, shape, values));
        node("Identity", name, name + "_values");
        long[] open = shape.stream().mapToLong(Long::longValue).toArray();
        open[0] = ANY;
        graph.addOutput(value(name, type, open));
        return this;
    }

    /** Boxes in shares of the image, times its size as the network is told it: width, height, width, height. */
    KnownDetector scaled(String name, String sizes, List<Long> shape, double... shares) {
        graph.addInitializer(tensor(name + "_shares", DataType.FLOAT, shape, shares));
        graph.addInitializer(TensorValues.of("twice", 1, 2));
        graph.addInitializer(TensorValues.of("second", 1));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Cast")
                .addInput(sizes)
                .addOutput("real_sizes")
                .addAttribute(GraphBuilder.integer("to", DataType.FLOAT.getNumber())));
        node("Tile", "tiled", "real_sizes", "twice");
        node("Unsqueeze", "factors", "tiled", "second");
        node("Mul", name, name + "_shares", "factors");
        long[] open = shape.stream().mapToLong(Long::longValue).toArray();
        open[0] = ANY;
        graph.addOutput(value(name, DataType.FLOAT, open));
        return this;
    }

    byte[] bytes() {
        return model.setGraph(graph).build().toByteArray();
    }

    private void node(String type, String output, String... inputs) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(List.of(inputs))
                .addOutput(output));
    }

    private static TensorProto tensor(String name, DataType type, List<Long> shape, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type) {
                case FLOAT -> bytes.putFloat((float) value);
                case FLOAT16 -> bytes.putShort(Float.floatToFloat16((float) value));
                case INT32 -> bytes.putInt((int) value);
                case INT64 -> bytes.putLong((long) value);
                default -> throw new IllegalArgumentException(type.toString());
            }
        }
        return TensorProto.newBuilder()
                .setName(name)
                .addAllDims(shape)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }

    private static ValueInfoProto value(String name, DataType type, long... shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (int i = 0; i < shape.length; i++) {
            TensorShapeProto.Dimension.Builder axis = axes.addDimBuilder();
            if (shape[i] == ANY) {
                axis.setDimParam("n" + i);
            } else {
                axis.setDimValue(shape[i]);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(axes)))
                .build();
    }
}
