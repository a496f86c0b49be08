package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code max(0, min(1, slope · x + shift))} as an Add whose quantized range is 0 to 1, since the runtime has no integer
 * kernel for it. The slope is merged into the scale of {@code x}.
 */
public record HardSigmoid(float slope, float shift) {

    private static final float USUAL_SLOPE = 0.2f;
    private static final float USUAL_SHIFT = 0.5f;

    public static boolean isOne(NodeProto node) {
        return node.getOpType().equals("HardSigmoid");
    }

    public static HardSigmoid of(NodeProto node) {
        return new HardSigmoid(
                GraphIndex.number(node, "alpha", USUAL_SLOPE), GraphIndex.number(node, "beta", USUAL_SHIFT));
    }

    /** Where it becomes 0. */
    public double floor() {
        return -shift / (double) slope;
    }

    /** Whether integers can do it: it must rise. */
    public boolean isRising() {
        return slope > 0 && Float.isFinite(slope) && Float.isFinite(shift) && shift > 0;
    }

    /** The output. */
    public static Range range() {
        return new Range(0, 1);
    }

    /** The Add in place of the operator, whose input is quantized so. */
    public Edit edit(NodeProto node, Affine input) {
        String name = Layer.name(node);
        String sloped = name + "::sloped";
        String shifted = name + "::shift";
        Affine constant = Affine.over(new Range(0, shift), input.type());
        List<NodeProto> nodes = new ArrayList<>();
        nodes.add(QuantizedTensors.dequantizeAs(node.getInput(0), sloped));
        nodes.add(QuantizedTensors.dequantizeTo(shifted, shifted));
        nodes.add(NodeProto.newBuilder()
                .setOpType("Add")
                .setName(node.getName())
                .addInput(sloped)
                .addInput(shifted)
                .addAllOutput(node.getOutputList())
                .build());
        List<TensorProto> initializers = new ArrayList<>();
        initializers.add(TensorValues.of(sloped + "::scale", List.of(), new float[] {input.scale() * slope}));
        initializers.addAll(QuantizedTensors.of(shifted, constant));
        initializers.add(QuantizedTensors.bytes(
                shifted + "::quantized", List.of(), constant.type(), new byte[] {(byte) constant.quantize(shift)}));
        return new Edit(initializers, nodes);
    }
}
