package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites a graph of an older operator set to set 13, the first with a scale for each channel in DequantizeLinear.
 * Only operators that vision networks use and that changed their meaning or their signature between sets 7 and 13 are
 * touched.
 */
public final class OpsetUpgrade {

    /** What graphs are brought to; newer ones stay as they are. */
    public static final long TARGET = 13;

    private static final long OLDEST = 7;
    private static final long IR_VERSION = 7;

    private final GraphIndex graph;
    private final long from;
    private final GraphProto.Builder rewritten;
    private final Set<String> names = new HashSet<>();

    private OpsetUpgrade(OnnxModel model, long from) {
        this.graph = new GraphIndex(model);
        this.from = from;
        this.rewritten = model.proto().getGraph().toBuilder().clearNode();
        rewritten.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    }

    /** The same network in set 13 or what it has; {@code MODEL_OPERATOR_UNSUPPORTED} for sets before 7. */
    public static OnnxModel apply(OnnxModel model) {
        long from = model.opsets().getOrDefault("ai.onnx", TARGET);
        if (from >= TARGET) {
            return model;
        }
        if (from < OLDEST) {
            throw new FoveaException(
                    ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                    "The model uses operator set %d of 2017 or before. Export it again with operator set 13 or newer."
                            .formatted(from));
        }
        return new OpsetUpgrade(model, from).apply(model.proto());
    }

    private OnnxModel apply(ModelProto proto) {
        graph.nodes().forEach(node -> upgraded(node).forEach(rewritten::addNode));
        ModelProto.Builder upgraded = proto.toBuilder()
                .setGraph(rewritten)
                .setIrVersion(Math.max(IR_VERSION, proto.getIrVersion()))
                .clearOpsetImport();
        proto.getOpsetImportList().stream()
                .map(set -> isDefault(set.getDomain())
                        ? set.toBuilder().setVersion(TARGET).build()
                        : set)
                .forEach((OperatorSetIdProto set) -> upgraded.addOpsetImport(set));
        return OnnxModel.of(upgraded.build());
    }

    private static boolean isDefault(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private List<NodeProto> upgraded(NodeProto node) {
        if (!isDefault(node.getDomain())) {
            return List.of(node);
        }
        return switch (node.getOpType()) {
            case "Softmax", "LogSoftmax" -> softmax(node);
            case "Squeeze", "Unsqueeze", "ReduceSum" -> List.of(withInput(node, "axes", 1));
            case "Split" -> List.of(withInput(node, "split", 1));
            case "TopK" -> List.of(from < 10 ? withInput(node, "k", 1) : node);
            case "Clip" -> List.of(from < 11 ? clip(node) : node);
            case "Pad" -> List.of(from < 11 ? pad(node) : node);
            case "Slice" -> List.of(from < 10 ? slice(node) : node);
            case "Upsample" -> List.of(resize(node, scales(node)));
            case "Resize" -> List.of(from < 11 ? resize(node, node.getInput(1)) : node);
            case "Dropout" -> List.of(without(node, "ratio").build());
            case "BatchNormalization" -> List.of(batchNormalization(node));
            case "Scatter" ->
                List.of(node.toBuilder().setOpType("ScatterElements").build());
            default -> List.of(node);
        };
    }

    /**
     * Before set 13 the axes from {@code axis} on were one: where they may be several, the tensor is flattened and
     * given its shape back.
     */
    private List<NodeProto> softmax(NodeProto node) {
        long axis = GraphIndex.integer(node, "axis", 1);
        boolean flat = graph.producer(node.getInput(0))
                .map(NodeProto::getOpType)
                .filter(type -> type.equals("Flatten") || type.equals("Gemm"))
                .isPresent();
        if (axis == -1 || (axis == 1 && flat)) {
            return List.of(without(node, "axis")
                    .addAttribute(GraphBuilder.integer("axis", -1))
                    .build());
        }
        String base = node.getOutput(0);
        return List.of(
                node("Shape", base + "::shape", List.of(node.getInput(0))).build(),
                node("Flatten", base + "::flat", List.of(node.getInput(0)))
                        .addAttribute(GraphBuilder.integer("axis", axis))
                        .build(),
                node(node.getOpType(), base + "::soft", List.of(base + "::flat"))
                        .addAttribute(GraphBuilder.integer("axis", -1))
                        .build(),
                node("Reshape", base, List.of(base + "::soft", base + "::shape"))
                        .setName(node.getName())
                        .build());
    }

    private static NodeProto.Builder node(String type, String output, List<String> inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output);
    }

    /** An attribute with integers becomes an input at a place. */
    private NodeProto withInput(NodeProto node, String attribute, int place) {
        Optional<AttributeProto> given = GraphIndex.attribute(node, attribute);
        if (given.isEmpty()) {
            return node;
        }
        long[] values = given.get().getType() == AttributeProto.AttributeType.INT
                ? new long[] {given.get().getI()}
                : given.get().getIntsList().stream().mapToLong(Long::longValue).toArray();
        List<String> inputs = new ArrayList<>(node.getInputList().subList(0, place));
        inputs.add(integers(node, attribute, values));
        return without(node, attribute).clearInput().addAllInput(inputs).build();
    }

    private NodeProto clip(NodeProto node) {
        NodeProto.Builder clip = without(without(node, "min").build(), "max");
        clip.addInput(number(node, "min", GraphIndex.number(node, "min", -Float.MAX_VALUE)));
        return clip.addInput(number(node, "max", GraphIndex.number(node, "max", Float.MAX_VALUE)))
                .build();
    }

    private NodeProto pad(NodeProto node) {
        NodeProto pads = withInput(node, "pads", 1);
        return without(pads, "value")
                .addInput(number(node, "value", GraphIndex.number(node, "value", 0)))
                .build();
    }

    private NodeProto slice(NodeProto node) {
        NodeProto starts = withInput(node, "starts", 1);
        NodeProto ends = withInput(starts, "ends", 2);
        return withInput(ends, "axes", 3);
    }

    private String scales(NodeProto node) {
        Optional<AttributeProto> given = GraphIndex.attribute(node, "scales");
        if (given.isEmpty()) {
            return node.getInput(1);
        }
        float[] values = new float[given.get().getFloatsCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = given.get().getFloats(i);
        }
        return carry(TensorValues.of(node.getOutput(0) + "::scales", List.of((long) values.length), values));
    }

    /** Before set 11 places were mapped without offset and rounded down. */
    private static NodeProto resize(NodeProto node, String scales) {
        return without(without(node, "scales").build(), "coordinate_transformation_mode")
                .setOpType("Resize")
                .clearInput()
                .addInput(node.getInput(0))
                .addInput("")
                .addInput(scales)
                .addAttribute(GraphBuilder.text("coordinate_transformation_mode", "asymmetric"))
                .addAttribute(GraphBuilder.text("nearest_mode", "floor"))
                .build();
    }

    /** Until set 8 it could normalise each place by itself; nobody did, and the attribute is gone. */
    private static NodeProto batchNormalization(NodeProto node) {
        return GraphIndex.integer(node, "spatial", 1) == 1
                ? without(node, "spatial").build()
                : node;
    }

    private static NodeProto.Builder without(NodeProto node, String attribute) {
        NodeProto.Builder changed = node.toBuilder().clearAttribute();
        node.getAttributeList().stream()
                .filter(each -> !each.getName().equals(attribute))
                .forEach(changed::addAttribute);
        return changed;
    }

    private String integers(NodeProto node, String what, long[] values) {
        return carry(TensorValues.of(node.getOutput(0) + "::" + what, values));
    }

    private String number(NodeProto node, String what, float value) {
        return carry(TensorValues.of(node.getOutput(0) + "::" + what, List.of(), new float[] {value}));
    }

    private String carry(TensorProto tensor) {
        if (names.add(tensor.getName())) {
            rewritten.addInitializer(tensor);
        }
        return tensor.getName();
    }
}
