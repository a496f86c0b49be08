package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import java.util.List;
import java.util.Optional;

/**
 * Operators without weights. They are quantized between operators with weights, so that nothing is made a real number
 * on the way and back.
 */
public enum WeightlessRule implements Rule {
    /** Two tensors, element by element. */
    ELEMENTWISE(false, 2),
    /** Means over places, and functions of one number that the runtime looks up in a table of 256. */
    UNARY(false, 1),
    /** Moves integers about without looking at them. */
    MOVING(true, 1),
    /** Puts tensors beside each other. */
    JOINING(true, Integer.MAX_VALUE);

    private final boolean ties;
    private final int inputs;

    WeightlessRule(boolean ties, int inputs) {
        this.ties = ties;
        this.inputs = inputs;
    }

    @Override
    public Optional<String> obstacle(NodeProto node, GraphIndex graph) {
        if (node.getOutputCount() != 1) {
            return Optional.of("has %d outputs".formatted(node.getOutputCount()));
        }
        if (HardSigmoid.isOne(node) && !HardSigmoid.of(node).isRising()) {
            return Optional.of("it does not rise");
        }
        boolean given = node.getInputList().stream().limit(inputs).noneMatch(String::isEmpty);
        return given ? Optional.empty() : Optional.of("an input is left out");
    }

    @Override
    public List<String> activations(NodeProto node, GraphIndex graph) {
        return node.getInputList().stream().limit(inputs).distinct().toList();
    }

    @Override
    public boolean ties() {
        return ties;
    }
}
