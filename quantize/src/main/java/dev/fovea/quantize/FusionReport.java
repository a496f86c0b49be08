package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.rules.Layer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layers that the runtime executes in integers, read from its optimized graph.
 *
 * @param integer layers that run in integers, identified by their operators' weights
 * @param real weighted operators that run in float: operator type by name
 */
record FusionReport(Set<String> integer, Map<String, String> real) {

    private static final Set<String> INTEGER = Set.of(
            "QLinearConv",
            "ConvInteger",
            "QGemm",
            "QLinearMatMul",
            "MatMulInteger",
            "MatMulIntegerToFloat",
            "DynamicQuantizeMatMul");
    private static final String WEIGHTS = "::weight::quantized";
    private static final Set<String> REAL =
            Set.of("Conv", "FusedConv", "NhwcFusedConv", "Gemm", "FusedGemm", "MatMul", "FusedMatMul");

    /** Reads the graph as the runtime optimised it. */
    static FusionReport of(OnnxModel optimised) {
        Set<String> integer = new LinkedHashSet<>();
        Map<String, String> real = new LinkedHashMap<>();
        List<NodeProto> nodes = optimised.proto().getGraph().getNodeList();
        for (NodeProto node : nodes) {
            if (INTEGER.contains(node.getOpType())) {
                node.getInputList().stream()
                        .filter(input -> input.endsWith(WEIGHTS))
                        .map(input -> input.substring(0, input.length() - WEIGHTS.length()))
                        .forEach(integer::add);
            } else if (REAL.contains(node.getOpType())) {
                real.put(Layer.name(node), node.getOpType());
            }
        }
        return new FusionReport(integer, real);
    }

    /**
     * Why a quantized layer still runs in float. With {@link Coverage#LAYERS} this is intended: integers are not worth
     * it for a layer with a float output on this machine.
     */
    Optional<String> reason(String layer, Coverage coverage) {
        if (integer.contains(layer)) {
            return Optional.empty();
        }
        return coverage == Coverage.LAYERS && real.containsKey(layer)
                ? Optional.of("with what follows it, it is faster in float here: it runs as " + real.get(layer))
                : Optional.of("the runtime did not fuse it"
                        + (real.containsKey(layer) ? ": it runs as " + real.get(layer) : ""));
    }
}
