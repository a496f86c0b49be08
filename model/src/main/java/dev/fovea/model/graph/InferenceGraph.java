package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The graph that is run in place of a model's own: the same outputs at less cost.
 *
 * <ul>
 *   <li>Weights that are listed as inputs, as exporters did before version 4 of the format, could be replaced at each
 *       run, so that the runtime neither folds nor fuses anything with them. They become constants.
 *   <li>The stem of YOLOv5 and YOLOX becomes a convolution ({@link FocusFolding}).
 * </ul>
 *
 * Pure. Before it is served, its outputs must be compared with those of the model's own graph.
 */
public final class InferenceGraph {

    private InferenceGraph() {}

    /** The rewritten graph; empty where there is nothing to rewrite. */
    public static Optional<OnnxModel> of(OnnxModel model) {
        try {
            OnnxModel fixed = listsWeights(model) ? GraphEdits.withFixedInitializers(model) : model;
            OnnxModel plain = GraphEdits.withoutConstants(fixed);
            OnnxModel folded = FocusFolding.fold(plain);
            OnnxModel rewritten = folded == plain ? fixed : folded;
            return rewritten == model ? Optional.empty() : Optional.of(rewritten);
        } catch (FoveaException e) {
            return Optional.empty(); // an operator that the rewrites do not know; the runtime may
        }
    }

    private static boolean listsWeights(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        Set<String> inputs =
                graph.getInputList().stream().map(input -> input.getName()).collect(Collectors.toSet());
        return graph.getInitializerList().stream().anyMatch(weights -> inputs.contains(weights.getName()));
    }
}
