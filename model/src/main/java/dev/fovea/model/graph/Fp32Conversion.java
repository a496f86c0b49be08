package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes 16-bit floats 32-bit ones, which loses nothing: weights, values, and the casts between. */
public final class Fp32Conversion {

    private static final int HALF = TensorProto.DataType.FLOAT16.getNumber();
    private static final int SINGLE = TensorProto.DataType.FLOAT.getNumber();

    private Fp32Conversion() {}

    /** Whether the model carries or takes 16-bit floats. */
    public static boolean isNeeded(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        return graph.getInitializerList().stream().anyMatch(tensor -> tensor.getDataType() == HALF)
                || graph.getInputList().stream().anyMatch(Fp32Conversion::isHalf);
    }

    /** The same network in 32 bits; inputs and outputs as well. */
    public static OnnxModel apply(OnnxModel model) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder().clearValueInfo();
        graph.getInputBuilderList().forEach(Fp32Conversion::widen);
        graph.getOutputBuilderList().forEach(Fp32Conversion::widen);
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            graph.setInitializer(i, widened(graph.getInitializer(i)));
        }
        graph.getNodeBuilderList().forEach(Fp32Conversion::widen);
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static boolean isHalf(ValueInfoProto value) {
        return value.getType().getTensorType().getElemType() == HALF;
    }

    private static void widen(ValueInfoProto.Builder value) {
        if (value.getType().getTensorType().getElemType() == HALF) {
            value.getTypeBuilder().getTensorTypeBuilder().setElemType(SINGLE);
        }
    }

    private static void widen(NodeProto.Builder node) {
        for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
            if (attribute.hasT()) {
                attribute.setT(widened(attribute.getT()));
            } else if (attribute.getName().equals("to") && attribute.getI() == HALF) {
                attribute.setI(SINGLE);
            }
        }
    }

    private static TensorProto widened(TensorProto tensor) {
        if (tensor.getDataType() != HALF) {
            return tensor;
        }
        float[] values;
        if (tensor.hasRawData()) {
            ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            values = new float[raw.remaining() / Short.BYTES];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(raw.getShort());
            }
        } else {
            values = new float[tensor.getInt32DataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat((short) tensor.getInt32Data(i));
            }
        }
        return TensorValues.of(tensor.getName(), tensor.getDimsList(), values);
    }
}
