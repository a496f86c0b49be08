package dev.fovea.model.outputs;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorValues;
import java.util.List;
import java.util.Set;

/**
 * The batch axis of networks that have none in their outputs. torchvision's detectors take one image {@code [3,H,W]},
 * or a batch of it, and give its detections without a batch axis.
 */
public final class BatchAxis {

    private static final Set<Long> CHANNELS = Set.of(1L, 3L);

    private BatchAxis() {}

    /** An only input {@code [3,H,W]} or {@code [H,W,3]} gets a batch axis of 1; another model stays as it is. */
    public static OnnxModel ofOnlyInput(OnnxModel model) {
        List<TensorSpec> inputs = model.inputs();
        if (inputs.size() != 1 || !isImage(inputs.getFirst())) {
            return model;
        }
        String name = inputs.getFirst().name();
        String inner = name + "_image";
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            if (input.getName().equals(name)) {
                input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().addDim(0, one());
            }
        }
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(name)) {
                    node.setInput(i, inner);
                }
            }
        }
        NodeProto.Builder squeeze = NodeProto.newBuilder()
                .setOpType("Squeeze")
                .setName(inner)
                .addInput(name)
                .addOutput(inner);
        // the axes are an attribute until operator set 12, an input from 13 on
        if (model.opsets().getOrDefault("ai.onnx", 0L) < 13) {
            squeeze.addAttribute(GraphBuilder.ints("axes", 0));
        } else {
            graph.addInitializer(TensorValues.of(inner + "_axes", 0));
            squeeze.addInput(inner + "_axes");
        }
        graph.addNode(0, squeeze);
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static boolean isImage(TensorSpec input) {
        return input.axes().size() == 3
                && (input.axes().get(0).fixed().filter(CHANNELS::contains).isPresent()
                        || input.axes()
                                .get(2)
                                .fixed()
                                .filter(CHANNELS::contains)
                                .isPresent());
    }

    /** One image at a time: the input's open batch axis becomes 1 where the decoder's outputs have no batch axis. */
    public static OnnxModel ofOne(OnnxModel model, DecoderConfig decoder) {
        boolean apart = model.outputs().stream()
                .filter(output -> decoder.outputs().contains(output.name()))
                .allMatch(output -> hasBatch(decoder, output));
        if (apart
                || model.inputs().size() != 1
                || model.inputs().getFirst().axes().size() != 4) {
            return model;
        }
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            if (input.getName().equals(model.inputs().getFirst().name())) {
                input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().setDim(0, one());
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static boolean hasBatch(DecoderConfig decoder, TensorSpec output) {
        int axes = output.axes().size();
        return switch (decoder) {
            case DetectionRows rows -> axes != (rows.output().equals(output.name()) ? 2 : 3);
            case DetectionLists lists -> {
                boolean count =
                        lists.tensors().count().filter(output.name()::equals).isPresent();
                yield count || axes != (lists.tensors().boxes().equals(output.name()) ? 2 : 1);
            }
            case DecoderConfig.Yolox ignored -> true;
            case DecoderConfig.YoloV5 ignored -> true;
            case DecoderConfig.YoloV8 ignored -> true;
            case DecoderConfig.BoxesAndScores ignored -> true;
            case DecoderConfig.FastestDet ignored -> true;
            case DecoderConfig.Detr ignored -> true;
            case DecoderConfig.TextMap ignored -> true;
            case DecoderConfig.SemanticMap ignored -> true;
            case NanoDet ignored -> true;
        };
    }

    private static Dimension one() {
        return Dimension.newBuilder().setDimValue(1).build();
    }
}
