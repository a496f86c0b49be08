package dev.fovea.quantize.numeric;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.TensorValues;
import java.util.Optional;

/**
 * Removes Relu and Clip that saturation implements: integers clip at the ends of a tensor's range, so that an equal
 * bound has no effect.
 */
public final class Saturation {

    private static final double SLACK = 1e-3;

    private Saturation() {}

    /** The Relu or Clip that is the only consumer of an operator. */
    public static Optional<NodeProto> after(NodeProto node, GraphIndex graph) {
        if (node.getOutputCount() != 1 || !graph.hasOneUse(node.getOutput(0))) {
            return Optional.empty();
        }
        return Optional.of(graph.consumers(node.getOutput(0)).getFirst())
                .filter(next -> next.getInput(0).equals(node.getOutput(0)))
                .filter(next -> bounds(next, graph).isPresent());
    }

    /** An operator's output, after its Relu or Clip if any. */
    public static String given(NodeProto node, GraphIndex graph) {
        return after(node, graph).map(next -> next.getOutput(0)).orElse(node.getOutput(0));
    }

    /** The bounds of a Relu or Clip; empty for other operators. */
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
        // a quantized range always contains zero, so that bounds without zero are not supported
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

    /** Whether saturation of the range implements the bounds. */
    public static boolean isDoneBy(Affine affine, Range bounds) {
        Range representable = affine.range();
        double slack = SLACK * affine.scale();
        return representable.low() >= bounds.low() - affine.scale() / 2 - slack
                && representable.high() <= bounds.high() + affine.scale() / 2 + slack;
    }
}
