package dev.fovea.model;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which operator makes each value of a graph. */
final class Producers {

    private final Map<String, NodeProto> byOutput = new HashMap<>();

    Producers(OnnxModel model) {
        for (NodeProto node : model.proto().getGraph().getNodeList()) {
            node.getOutputList().forEach(output -> byOutput.put(output, node));
        }
    }

    /** The operator that makes a value, with those passed over that only copy or reorder it. */
    Optional<NodeProto> of(String value) {
        NodeProto node = byOutput.get(value);
        while (node != null && passesOn(node.getOpType())) {
            node = byOutput.get(node.getInput(0));
        }
        return Optional.ofNullable(node);
    }

    /** Whether an operator of that type makes a value. */
    boolean makes(String type, String value) {
        return of(value).filter(node -> node.getOpType().equals(type)).isPresent();
    }

    private static boolean passesOn(String type) {
        return switch (type) {
            case "Identity", "Transpose", "Reshape", "Cast" -> true;
            default -> false;
        };
    }
}
