package dev.fovea.training.graph;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All operators that can be trained, by their ONNX name. */
final class Operators {

    private final Map<String, Operator> byType = new HashMap<>();

    Operators() {
        byType.putAll(ElementwiseOperators.ALL);
        byType.putAll(WindowOperators.ALL);
        byType.putAll(LinearOperators.ALL);
        byType.putAll(ShapeOperators.ALL);
    }

    /** {@code MODEL_OPERATOR_UNSUPPORTED} names what is missing and where. */
    Operator operator(String domain, String type, String node) {
        Operator operator = domain.isEmpty() || domain.equals("ai.onnx") ? byType.get(type) : null;
        if (operator == null) {
            String name = domain.isEmpty() ? type : domain + ":" + type;
            throw new FoveaException(
                    ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                    "Training has no operator %s, which the node %s needs. It has: %s."
                            .formatted(name, node, String.join(", ", types())));
        }
        return operator;
    }

    Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }
}
