package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes 32-bit floats 16-bit ones, for accelerators that compute in them: weights, and everything between a cast behind
 * each input and one in front of each output. What the network takes and gives stays 32 bits. Values past what 16 bits
 * hold become the largest that they hold.
 */
public final class Fp16Conversion {

    private static final float MOST = 65504;
    private static final int HALF = TensorProto.DataType.FLOAT16.getNumber();
    private static final int SINGLE = TensorProto.DataType.FLOAT.getNumber();
    /** Operators that ONNX defines for 32 bits only. */
    private static final Set<String> SINGLE_ONLY = Set.of("NonMaxSuppression");

    private final Set<String> floats;
    private final GraphProto.Builder narrowed;
    /** Names of values in 16 bits, by the names that their takers know. */
    private final Map<String, String> renamed = new HashMap<>();

    private Fp16Conversion(GraphProto graph, Set<String> floats) {
        this.floats = floats;
        this.narrowed = graph.toBuilder().clearNode().clearInitializer().clearValueInfo();
    }

    /**
     * The same network in 16 bits.
     *
     * @param model in 32 bits; constants are carried as initializers
     * @param floats names of all values of 32-bit floats that its operators give, and of its inputs of that type
     */
    public static OnnxModel apply(OnnxModel model, Set<String> floats) {
        Fp16Conversion narrowing = new Fp16Conversion(model.proto().getGraph(), floats);
        GraphProto graph = narrowing.narrow(model.proto().getGraph());
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private GraphProto narrow(GraphProto graph) {
        Set<String> single = singleOnly(graph);
        for (TensorProto tensor : graph.getInitializerList()) {
            boolean stays = !TensorValues.isFloat(tensor) || single.contains(tensor.getName());
            narrowed.addInitializer(stays ? tensor : half(tensor));
        }
        for (ValueInfoProto input : graph.getInputList()) {
            if (floats.contains(input.getName())) {
                narrowed.addNode(cast(input.getName(), input.getName() + "::half", HALF));
                renamed.put(input.getName(), input.getName() + "::half");
            }
        }
        Set<String> outputs = new HashSet<>();
        graph.getOutputList().forEach(output -> outputs.add(output.getName()));
        outputs.retainAll(floats);
        outputs.forEach(output -> renamed.putIfAbsent(output, output + "::half"));
        for (NodeProto node : graph.getNodeList()) {
            if (SINGLE_ONLY.contains(node.getOpType())) {
                between(node);
            } else {
                narrowed.addNode(renamed(node));
            }
        }
        graph.getOutputList().stream()
                .map(ValueInfoProto::getName)
                .filter(outputs::contains)
                .filter(output -> graph.getInputList().stream()
                        .noneMatch(input -> input.getName().equals(output)))
                .forEach(output -> narrowed.addNode(cast(output + "::half", output, SINGLE)));
        return narrowed.build();
    }

    /** Carried values that an operator wants in 32 bits whatever it works on: regions and scales of Resize. */
    private static Set<String> singleOnly(GraphProto graph) {
        Set<String> single = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Resize") || node.getOpType().equals("Upsample")) {
                single.addAll(node.getInputList().subList(1, node.getInputCount()));
            }
            if (SINGLE_ONLY.contains(node.getOpType())) {
                single.addAll(node.getInputList());
            }
        }
        return single;
    }

    /** An operator in 32 bits among others: its floats are cast on the way in. */
    private void between(NodeProto node) {
        NodeProto.Builder kept = node.toBuilder().clearInput();
        for (String input : node.getInputList()) {
            if (floats.contains(input)) {
                String wide = "%s::single::%s".formatted(input, node.getOutput(0));
                narrowed.addNode(cast(renamed.getOrDefault(input, input), wide, SINGLE));
                kept.addInput(wide);
            } else {
                kept.addInput(input);
            }
        }
        narrowed.addNode(kept);
    }

    private NodeProto renamed(NodeProto node) {
        NodeProto.Builder other = node.toBuilder().clearInput().clearOutput();
        node.getInputList().forEach(input -> other.addInput(renamed.getOrDefault(input, input)));
        node.getOutputList().forEach(output -> other.addOutput(renamed.getOrDefault(output, output)));
        for (AttributeProto.Builder attribute : other.getAttributeBuilderList()) {
            if (attribute.hasT() && TensorValues.isFloat(attribute.getT())) {
                attribute.setT(half(attribute.getT()));
            } else if (attribute.getName().equals("to") && attribute.getI() == SINGLE) {
                attribute.setI(HALF);
            }
        }
        return other.build();
    }

    private static NodeProto cast(String from, String to, int type) {
        return NodeProto.newBuilder()
                .setOpType("Cast")
                .setName(to + "::cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(GraphBuilder.integer("to", type))
                .build();
    }

    private static TensorProto half(TensorProto tensor) {
        float[] values = TensorValues.floats(tensor);
        ByteBuffer raw = ByteBuffer.allocate(Short.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            boolean isFinite = Float.isFinite(value);
            raw.putShort(Float.floatToFloat16(isFinite ? Math.clamp(value, -MOST, MOST) : value));
        }
        return TensorProto.newBuilder()
                .setName(tensor.getName())
                .addAllDims(tensor.getDimsList())
                .setDataType(HALF)
                .setRawData(ByteString.copyFrom(raw.flip()))
                .build();
    }
}
