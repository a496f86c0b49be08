package dev.fovea.model.outputs;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import java.util.Optional;

/** Which operator really makes a value of a graph. */
final class Producers {

    private final GraphIndex graph;

    Producers(OnnxModel model) {
        this.graph = new GraphIndex(model);
    }

    /** The operator that makes a value, with those passed over that only copy or reorder it. */
    Optional<NodeProto> of(String value) {
        Optional<NodeProto> node = graph.producer(value);
        while (node.filter(found -> passesOn(found.getOpType())).isPresent()) {
            node = graph.producer(node.get().getInput(0));
        }
        return node;
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
