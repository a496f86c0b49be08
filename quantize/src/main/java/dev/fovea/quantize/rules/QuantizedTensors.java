package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.IntegerType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The pieces of the QDQ format: a quantized tensor {@code x} is carried as {@code x::quantized}, {@code x::scale} and
 * {@code x::zero}; a DequantizeLinear makes it real again. What no operator names is left out of the model.
 */
public final class QuantizedTensors {

    private QuantizedTensors() {}

    /** Symmetric INT8 with a scale per channel, or one for all. */
    public static List<TensorProto> of(
            String name, List<Long> shape, IntegerType type, byte[] integers, float[] scales) {
        return List.of(
                bytes(name + "::quantized", shape, type, integers),
                scales(name, scales),
                bytes(name + "::zero", axes(scales), type, new byte[scales.length]));
    }

    /** 32-bit integers with a scale for each. */
    public static List<TensorProto> of(String name, List<Long> shape, int[] integers, float[] scales) {
        return List.of(
                integers(name + "::quantized", shape, integers),
                scales(name, scales),
                integers(name + "::zero", axes(scales), new int[scales.length]));
    }

    /** The scale and zero of an activation. */
    public static List<TensorProto> of(String name, Affine affine) {
        return List.of(
                TensorValues.of(name + "::scale", List.of(), new float[] {affine.scale()}),
                bytes(name + "::zero", List.of(), affine.type(), new byte[] {(byte) affine.zero()}));
    }

    public static NodeProto quantize(String name, String from) {
        return node("QuantizeLinear", name + "::quantized", List.of(from, name + "::scale", name + "::zero"))
                .build();
    }

    /** Makes {@code to} of a quantized tensor with one scale. */
    public static NodeProto dequantizeTo(String name, String to) {
        return node("DequantizeLinear", to, List.of(name + "::quantized", name + "::scale", name + "::zero"))
                .build();
    }

    /** Makes {@code to} of a quantized tensor with the scale {@code to::scale} in place of its own. */
    static NodeProto dequantizeAs(String name, String to) {
        return node("DequantizeLinear", to, List.of(name + "::quantized", to + "::scale", name + "::zero"))
                .build();
    }

    /**
     * Makes {@code name} of a quantized tensor with a scale for each channel.
     *
     * @param zeros whether the zeros, which are all 0, are named; the runtime fuses matrix products only where they are
     */
    static NodeProto dequantize(String name, int axis, boolean zeros) {
        List<String> inputs = zeros
                ? List.of(name + "::quantized", name + "::scale", name + "::zero")
                : List.of(name + "::quantized", name + "::scale");
        return node("DequantizeLinear", name, inputs)
                .addAttribute(GraphBuilder.integer("axis", axis))
                .build();
    }

    private static NodeProto.Builder node(String type, String to, List<String> inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(to + "::" + (type.startsWith("Q") ? "q" : "dq"))
                .addAllInput(inputs)
                .addOutput(to);
    }

    private static TensorProto scales(String name, float[] scales) {
        return TensorValues.of(name + "::scale", axes(scales), scales);
    }

    private static List<Long> axes(float[] scales) {
        return List.of((long) scales.length);
    }

    public static TensorProto bytes(String name, List<Long> shape, IntegerType type, byte[] values) {
        return TensorProto.newBuilder()
                .setName(name)
                .addAllDims(shape)
                .setDataType(type.onnx().getNumber())
                .setRawData(ByteString.copyFrom(values))
                .build();
    }

    private static TensorProto integers(String name, List<Long> shape, int[] values) {
        ByteBuffer raw = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(name)
                .addAllDims(shape)
                .setDataType(TensorProto.DataType.INT32_VALUE)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }
}
