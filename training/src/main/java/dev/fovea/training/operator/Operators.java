package dev.fovea.training.operator;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All operators that can be trained, by their ONNX name. */
public final class Operators {

    private final Map<String, Operator> byType = new HashMap<>();

    /** All of them. */
    public Operators() {
        byType.putAll(ArithmeticOperators.ALL);
        byType.putAll(ActivationOperators.ALL);
        byType.putAll(ComparisonOperators.ALL);
        byType.putAll(WindowOperators.ALL);
        byType.putAll(NormalizationOperators.ALL);
        byType.putAll(LinearOperators.ALL);
        byType.putAll(ReductionOperators.ALL);
        byType.putAll(ShapeOperators.ALL);
        byType.putAll(IndexOperators.ALL);
        byType.putAll(ConstantOperators.ALL);
    }

    /** The operator of a node; empty for one that training does not know. */
    public Optional<Operator> find(NodeProto node) {
        String domain = node.getDomain();
        return domain.isEmpty() || domain.equals("ai.onnx")
                ? Optional.ofNullable(byType.get(node.getOpType()))
                : Optional.empty();
    }

    /** Their names. */
    public Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }
}
