package dev.fovea.quantize.numeric;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.TensorValues;
import java.util.Optional;

/**
 * Relu and Clip cost nothing in integers: what is past the ends of a tensor's range is cut off anyway, so that an
 * operator whose range ends where they do has done their work.
 */
public final class Saturation {

    private static final double SLACK = 1e-3;

    private Saturation() {}

    /** The Relu or Clip that alone takes what an operator gives. */
    public static Optional<NodeProto> after(NodeProto node, GraphIndex graph) {
        if (node.getOutputCount() != 1 || !graph.hasOneUse(node.getOutput(0))) {
            return Optional.empty();
        }
        return Optional.of(graph.consumers(node.getOutput(0)).getFirst())
                .filter(next -> next.getInput(0).equals(node.getOutput(0)))
                .filter(next -> bounds(next, graph).isPresent());
    }

    /** What an operator gives, behind its Relu or Clip where it has one. */
    public static String given(NodeProto node, GraphIndex graph) {
        return after(node, graph).map(next -> next.getOutput(0)).orElse(node.getOutput(0));
    }

    /** Between what values an operator keeps those that it is given; empty for other operators. */
    public static Optional<Range> bounds(NodeProto node, GraphIndex graph) {
        return switch (node.getOpType()) {
            case "Relu" -> Optional.of(new Range(0, Float.MAX_VALUE));
            case "Clip" -> clip(node, graph);
            default -> Optional.empty();
        };
    }

    private static Optional<Range> clip(NodeProto node, GraphIndex graph) {
        Optional<Double> low = bound(node, 1, -Float.MAX_VALUE, graph);
        Optional<Double> high = bound(node, 2, Float.MAX_VALUE, graph);
        // integers always hold zero, so that bounds on one side of it would not be kept
        return low.isPresent() && high.isPresent() && low.get() <= 0 && high.get() >= 0
                ? Optional.of(new Range(low.get(), high.get()))
                : Optional.empty();
    }

    private static Optional<Double> bound(NodeProto node, int position, double open, GraphIndex graph) {
        return GraphIndex.input(node, position)
                .map(name -> graph.floats(name)
                        .map(TensorValues::floats)
                        .filter(values -> values.length == 1)
                        .map(values -> Math.clamp((double) values[0], -Float.MAX_VALUE, Float.MAX_VALUE)))
                .orElse(Optional.of(open));
    }

    /** Whether integers that stand for a range cut off all that the bounds do. */
    public static boolean isDoneBy(Affine affine, Range bounds) {
        Range held = affine.range();
        double slack = SLACK * affine.scale();
        return held.low() >= bounds.low() - affine.scale() / 2 - slack
                && held.high() <= bounds.high() + affine.scale() / 2 + slack;
    }
}
