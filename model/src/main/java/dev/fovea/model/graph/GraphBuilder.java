package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes an ONNX graph node by node. Every method that adds something returns the name by which later nodes refer to
 * it, so that a network reads as nested calls. Axes of length {@link #BATCH} are the symbolic batch axis.
 */
public final class GraphBuilder {

    /** Stands for the batch axis in shapes: any number of images. */
    public static final long BATCH = -1;

    /** Operator set 17 (2022): every operator used here exists in it and every later runtime reads it. */
    static final long OPSET = 17;

    private static final long IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    /** A graph without nodes. */
    public GraphBuilder(String name) {
        graph.setName(name);
    }

    /** A float input. */
    public String input(String name, long... shape) {
        graph.addInput(value(name, shape));
        return name;
    }

    /** A float output; {@code name} must be what some node gives. */
    public GraphBuilder output(String name, long... shape) {
        graph.addOutput(value(name, shape));
        return this;
    }

    /** A float tensor that belongs to the model. */
    public String weights(String name, List<Long> shape, float[] values) {
        graph.addInitializer(TensorValues.of(name, shape, values));
        return name;
    }

    /** An int64 tensor that belongs to the model. */
    public String integers(String name, long... values) {
        graph.addInitializer(TensorValues.of(name, values));
        return name;
    }

    /**
     * One operator of the default domain with one output.
     *
     * @param output the name of what it gives; also the node's name
     * @param inputs names in the operator's order; an empty name leaves an optional input out
     */
    public String node(String type, String output, List<String> inputs, AttributeProto... attributes) {
        return node(type, List.of(output), inputs, attributes).getFirst();
    }

    /**
     * One operator of the default domain with several outputs.
     *
     * @param outputs the names of what it gives; the first is also the node's name
     * @param inputs names in the operator's order; an empty name leaves an optional input out
     */
    public List<String> node(String type, List<String> outputs, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(outputs.getFirst())
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return outputs;
    }

    /** The model as built so far. */
    public OnnxModel build() {
        return OnnxModel.of(ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("fovea")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph.build())
                .build());
    }

    /** An attribute that is a list of integers, such as strides. */
    public static AttributeProto ints(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    /** An attribute that is one integer. */
    public static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    /** An attribute that is one number. */
    public static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    /** An attribute that is a word. */
    public static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    private static ValueInfoProto value(String name, long... shape) {
        TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
        for (long length : shape) {
            axes.addDim(
                    length == BATCH
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("batch")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(axes)))
                .build();
    }
}
