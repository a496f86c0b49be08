package dev.fovea.training.operator;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What training cannot do of operators that it has, as far as the graph tells before it runs. */
final class OperatorLimits {

    private static final Set<String> COORDINATES =
            Set.of("half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric");
    private static final Set<String> SEVERAL_OUTPUTS = Set.of("Split");

    private final Function<String, Optional<TensorProto>> initializers;
    private final Set<String> used;

    /**
     * Limits in a graph.
     *
     * @param initializers stored tensors by name
     * @param used names of the values that some node or the caller takes
     */
    OperatorLimits(Function<String, Optional<TensorProto>> initializers, Set<String> used) {
        this.initializers = initializers;
        this.used = used;
    }

    /** Why the node cannot be run; empty if it can. */
    Optional<String> reason(NodeProto node) {
        boolean takesSecond = node.getOutputList().stream().skip(1).anyMatch(used::contains);
        if (takesSecond && !SEVERAL_OUTPUTS.contains(node.getOpType())) {
            return Optional.of("its second output is used");
        }
        NodeAttributes attributes = new NodeAttributes(node);
        return Optional.of(
                        switch (node.getOpType()) {
                            case "Conv" -> axes(node);
                            case "ConvTranspose" -> transposed(node, attributes);
                            case "MaxPool", "AveragePool" -> pooling(attributes);
                            case "Resize", "Upsample" -> resizing(attributes);
                            case "Einsum" ->
                                EinsteinSum.of(attributes.text("equation", "")).isPlain()
                                        ? ""
                                        : "its equation has an ellipsis or a diagonal";
                            case "Cast" ->
                                attributes.integer("to", 1) == TensorProto.DataType.STRING_VALUE ? "it makes text" : "";
                            case "CumSum" ->
                                attributes.integer("exclusive", 0) + attributes.integer("reverse", 0) > 0
                                        ? "it is exclusive or reversed"
                                        : "";
                            default -> "";
                        })
                .filter(reason -> !reason.isEmpty());
    }

    private String axes(NodeProto node) {
        return initializers
                .apply(node.getInput(1))
                .map(TensorProto::getDimsCount)
                .filter(rank -> rank != 4)
                .map(rank -> "it works on %d axes, not on height and width".formatted(rank - 2))
                .orElse("");
    }

    private String transposed(NodeProto node, NodeAttributes attributes) {
        String padding = attributes.text("auto_pad", "NOTSET");
        if (attributes.has("output_shape") || !(padding.equals("NOTSET") || padding.equals("VALID"))) {
            return "its padding follows from the size of its output";
        }
        return axes(node);
    }

    private static String pooling(NodeAttributes attributes) {
        if (attributes.integers("kernel_shape").length != 2) {
            return "it works on %d axes, not on height and width".formatted(attributes.integers("kernel_shape").length);
        }
        for (long dilation : attributes.integers("dilations", 1, 1)) {
            if (dilation != 1) {
                return "its window is dilated";
            }
        }
        return "";
    }

    private static String resizing(NodeAttributes attributes) {
        String coordinates = attributes.text("coordinate_transformation_mode", "half_pixel");
        if (!COORDINATES.contains(coordinates)) {
            return "its coordinates are %s".formatted(coordinates);
        }
        boolean isFitted =
                !attributes.text("keep_aspect_ratio_policy", "stretch").equals("stretch");
        if (attributes.has("axes") || isFitted || attributes.integer("antialias", 0) == 1) {
            return "it has axes, a policy of proportions or smoothing";
        }
        return "";
    }
}
