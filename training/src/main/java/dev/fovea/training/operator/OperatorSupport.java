package dev.fovea.training.operator;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a graph can be trained, found from its nodes alone: nothing is computed, and no engine is loaded. All that is
 * missing is named at once.
 */
public final class OperatorSupport {

    private static final int NAMED_NODES = 3;

    private OperatorSupport() {}

    /**
     * Refuses a graph with operators that training does not know.
     *
     * @throws FoveaException {@code MODEL_OPERATOR_UNSUPPORTED} with every such operator and its nodes
     */
    public static void require(OnnxModel model) {
        Map<String, List<String>> missing = missing(model);
        if (missing.isEmpty()) {
            return;
        }
        String all = missing.entrySet().stream()
                .map(each -> "%s (%s)".formatted(each.getKey(), nodes(each.getValue())))
                .collect(Collectors.joining("; "));
        throw new FoveaException(
                ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                "Training lacks operators of this network: %s. Fit a head on its frozen features (--fit head), or export it without them."
                        .formatted(all));
    }

    /** The nodes that cannot be trained by operator, with the reason where the operator as such is known. */
    public static Map<String, List<String>> missing(OnnxModel model) {
        GraphIndex index = new GraphIndex(model);
        OperatorLimits limits = new OperatorLimits(index::initializer, used(model));
        Operators operators = new Operators();
        Map<String, List<String>> missing = new TreeMap<>();
        for (NodeProto node : index.nodes()) {
            String type = node.getDomain().isEmpty() ? node.getOpType() : node.getDomain() + ":" + node.getOpType();
            Optional<String> fault = operators.find(node).isEmpty()
                    ? Optional.of(type)
                    : limits.reason(node).map(reason -> type + ", where " + reason);
            fault.ifPresent(what ->
                    missing.computeIfAbsent(what, name -> new ArrayList<>()).add(OperatorCall.nameOf(node)));
        }
        return missing;
    }

    private static Set<String> used(OnnxModel model) {
        Set<String> used = new HashSet<>();
        model.proto().getGraph().getNodeList().forEach(node -> used.addAll(node.getInputList()));
        model.outputs().forEach(output -> used.add(output.name()));
        return used;
    }

    private static String nodes(List<String> names) {
        String named = names.stream().limit(NAMED_NODES).collect(Collectors.joining(", "));
        int others = names.size() - NAMED_NODES;
        return others > 0 ? "%s and %d more".formatted(named, others) : named;
    }
}
