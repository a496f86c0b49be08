package dev.fovea.quantize;

import dev.fovea.model.GraphIndex;
import dev.fovea.model.OnnxModel;
import java.util.Map;

/** A prepared network with what was seen of it: all that a setting needs to become a quantized network. */
record Prepared(OnnxModel model, GraphIndex graph, CalibrationTable table) {

    QuantizationPlan plan(Setting setting, Map<String, String> kept) {
        return Planner.plan(graph, table, setting.keeping(kept));
    }

    OnnxModel quantized(Setting setting, Map<String, String> kept) {
        return Rewriter.rewrite(model, plan(setting, kept));
    }
}
