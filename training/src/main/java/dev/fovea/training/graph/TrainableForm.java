package dev.fovea.training.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.Fp32Conversion;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.OnnxModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes a graph so that its weights are what training finds: 32-bit initializers, each under the name it is used by.
 */
final class TrainableForm {

    private TrainableForm() {}

    /** The same network for any batch. */
    static OnnxModel prepared(OnnxModel original) {
        OnnxModel wide = Fp32Conversion.isNeeded(original) ? Fp32Conversion.apply(original) : original;
        OnnxModel fixed = GraphEdits.withoutConstants(GraphEdits.withFixedInitializers(wide));
        return GraphEdits.withSymbolicBatch(withoutSharedNames(fixed));
    }

    /** Values that the file carries as operators, which exporters do with numbers of a formula, not with weights. */
    static Set<String> constants(OnnxModel original) {
        Set<String> constants = new HashSet<>();
        original.proto().getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("Constant"))
                .forEach(node -> constants.addAll(node.getOutputList()));
        return constants;
    }

    /** PyTorch's exporter stores equal tensors once and names them again by Identity; here each is learned alone. */
    private static OnnxModel withoutSharedNames(OnnxModel model) {
        GraphProto old = model.proto().getGraph();
        Map<String, TensorProto> tensors = new HashMap<>();
        old.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        GraphProto.Builder graph = old.toBuilder().clearNode();
        for (NodeProto node : old.getNodeList()) {
            TensorProto same = node.getOpType().equals("Identity") ? tensors.get(node.getInput(0)) : null;
            if (same == null) {
                graph.addNode(node);
            } else {
                TensorProto own = same.toBuilder().setName(node.getOutput(0)).build();
                tensors.put(own.getName(), own);
                graph.addInitializer(own);
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }
}
