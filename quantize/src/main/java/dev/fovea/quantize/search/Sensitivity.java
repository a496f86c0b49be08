package dev.fovea.quantize.search;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.quantize.rules.Rules;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each layer costs: the outputs' error when it alone is quantized. */
public final class Sensitivity {

    private static final String ALONE = "another layer is looked at";

    private Sensitivity() {}

    /** By layer, those that the setting quantizes, in the graph's order. */
    public static Map<String, Double> of(
            Prepared prepared, QuantizationSetting setting, QuantizationError error, QuantizationProgress progress) {
        List<String> layers = List.copyOf(prepared.plan(setting, Map.of()).weighted());
        Map<String, String> others = new HashMap<>();
        for (NodeProto node : prepared.graph().nodes()) {
            if (Rules.weighted(node).isPresent()) {
                others.put(Layer.name(node), ALONE);
            }
        }
        Map<String, Double> found = new LinkedHashMap<>();
        for (String layer : layers) {
            Map<String, String> kept = new HashMap<>(others);
            kept.remove(layer);
            found.put(layer, error.of(prepared.quantized(setting, kept)));
            progress.at("sensitivity", found.size(), layers.size());
        }
        return found;
    }
}
