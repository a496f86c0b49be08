package dev.fovea.quantize.rewrite;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.quantize.rules.HardSigmoid;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Self-gated tensors: {@code x · sigmoid(x)} and {@code x · hard-sigmoid(x)}. Below some value the product is about 0,
 * so that the quantized range can end there.
 */
final class Gating {

    /** There {@code x · sigmoid(x)} is −0.0027. */
    private static final double SIGMOID_FLOOR = -8;

    private Gating() {}

    /** Below which nothing of a tensor comes through; empty for a tensor that others take too. */
    static OptionalDouble floor(String tensor, GraphIndex graph) {
        List<NodeProto> takers = graph.consumers(tensor);
        if (takers.size() != 2 || graph.isOutput(tensor)) {
            return OptionalDouble.empty();
        }
        int first = isGate(takers.getFirst()) ? 0 : 1;
        NodeProto gate = takers.get(first);
        NodeProto product = takers.get(1 - first);
        boolean gated = isGate(gate)
                && product.getOpType().equals("Mul")
                && product.getInputList().contains(gate.getOutput(0))
                && graph.hasOneUse(gate.getOutput(0));
        if (!gated) {
            return OptionalDouble.empty();
        }
        return gate.getOpType().equals("Sigmoid")
                ? OptionalDouble.of(SIGMOID_FLOOR)
                : OptionalDouble.of(HardSigmoid.of(gate).floor());
    }

    private static boolean isGate(NodeProto node) {
        return node.getOpType().equals("Sigmoid")
                || (HardSigmoid.isOne(node) && HardSigmoid.of(node).isRising());
    }
}
