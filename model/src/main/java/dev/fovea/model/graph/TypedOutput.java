package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** Declares the type and shape of a network's only output. */
public final class TypedOutput {

    private TypedOutput() {}

    /**
     * The network with its first output declared.
     *
     * @param name of the output
     * @param element the name of an ONNX element type, such as {@code FLOAT}
     * @param lengths of the axes; negative for one that varies, none for an unknown shape
     */
    public static OnnxModel declare(OnnxModel model, String name, String element, long[] lengths) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.valueOf(element).getNumber());
        if (lengths.length > 0) {
            type.setShape(shape(lengths));
        }
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        graph.setOutput(
                0,
                ValueInfoProto.newBuilder()
                        .setName(name)
                        .setType(TypeProto.newBuilder().setTensorType(type)));
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static TensorShapeProto shape(long[] lengths) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < lengths.length; axis++) {
            TensorShapeProto.Dimension.Builder length = shape.addDimBuilder();
            if (lengths[axis] < 0) {
                length.setDimParam(axis == 0 ? "batch" : "axis" + axis);
            } else {
                length.setDimValue(lengths[axis]);
            }
        }
        return shape.build();
    }
}
