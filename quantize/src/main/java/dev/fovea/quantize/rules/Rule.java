package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import java.util.List;
import java.util.Optional;

/** How one family of operators is quantized. */
public sealed interface Rule permits WeightedRule, WeightlessRule {

    /** Why an operator of the family stays in float, if it must. */
    Optional<String> obstacle(NodeProto node, GraphIndex graph);

    /** The activation inputs, which need a range. */
    List<String> activations(NodeProto node, GraphIndex graph);

    /** Whether the output has the scale of the inputs, because the integers are only moved about. */
    boolean ties();
}
