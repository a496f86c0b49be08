package dev.fovea.runtime.validation;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.session.DataType;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.runtime.session.TensorMetadata;
import java.util.Optional;

/**
 * Makes a tensor inside a network its output, with the type and shape that ONNX Runtime infers. So a network is served
 * without an operator that was exported at its end, such as {@code TopK}.
 */
public final class InnerOutput {

    private InnerOutput() {}

    /**
     * The network with the named tensor as its only output, without the operators behind it. Without a name, and with
     * that of an output or of nothing in the graph, it stays as it is.
     *
     * @throws dev.fovea.fault.FoveaException errors of {@link Engine#load(byte[], SessionSettings)}
     */
    public static OnnxModel of(Engine engine, OnnxModel model, Optional<String> name) {
        GraphIndex graph = new GraphIndex(model);
        return name.filter(value -> graph.producer(value).isPresent() && !graph.isOutput(value))
                .map(value -> typed(engine, GraphEdits.withOnlyOutput(model, value)))
                .orElse(model);
    }

    private static OnnxModel typed(Engine engine, OnnxModel model) {
        try (Session session = engine.load(model.bytes(), SessionSettings.forThisMachine())) {
            if (session.outputs().isEmpty()) {
                return model; // no tensor, which is refused later
            }
            TensorMetadata output = session.outputs().getFirst();
            TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(element(output.type()));
            if (output.shape().length > 0) {
                type.setShape(shape(output.shape()));
            }
            GraphProto.Builder graph = model.proto().getGraph().toBuilder();
            graph.setOutput(
                    0,
                    ValueInfoProto.newBuilder()
                            .setName(output.name())
                            .setType(TypeProto.newBuilder().setTensorType(type)));
            return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
        }
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

    private static int element(DataType type) {
        return switch (type) {
            case FP32 -> TensorProto.DataType.FLOAT_VALUE;
            case FP64 -> TensorProto.DataType.DOUBLE_VALUE;
            case FP16 -> TensorProto.DataType.FLOAT16_VALUE;
            case BF16 -> TensorProto.DataType.BFLOAT16_VALUE;
            case UINT8 -> TensorProto.DataType.UINT8_VALUE;
            case UINT16 -> TensorProto.DataType.UINT16_VALUE;
            case UINT32 -> TensorProto.DataType.UINT32_VALUE;
            case UINT64 -> TensorProto.DataType.UINT64_VALUE;
            case INT8 -> TensorProto.DataType.INT8_VALUE;
            case INT16 -> TensorProto.DataType.INT16_VALUE;
            case INT32 -> TensorProto.DataType.INT32_VALUE;
            case INT64 -> TensorProto.DataType.INT64_VALUE;
            case BOOL -> TensorProto.DataType.BOOL_VALUE;
            case BYTES -> TensorProto.DataType.STRING_VALUE;
        };
    }
}
