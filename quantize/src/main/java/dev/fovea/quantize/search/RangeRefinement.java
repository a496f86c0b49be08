package dev.fovea.quantize.search;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.numeric.CalibrationMethod;
import dev.fovea.quantize.numeric.Saturation;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationPlan;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Layer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses calibration methods for single tensors around the most sensitive layers, if that lowers the error of the
 * network's outputs. The best method for a tensor alone may not be the best for the outputs: means average out
 * rounding, but not clipping.
 */
public final class RangeRefinement {

    private static final int MAX_LAYERS = 3;
    /** Of the error, so that chance does not choose. */
    private static final double CLEARLY = 0.98;

    private static final List<CalibrationMethod> METHODS = List.of(
            CalibrationMethod.MIN_MAX,
            CalibrationMethod.PERCENTILE_99_99,
            CalibrationMethod.PERCENTILE_99_999,
            CalibrationMethod.ENTROPY,
            CalibrationMethod.SQUARED_ERROR);

    private RangeRefinement() {}

    /**
     * The setting with all exceptions that lower the error.
     *
     * @param glance error on few images, to skip bad choices cheaply
     * @param error error on more images
     */
    public static QuantizationSetting of(
            Prepared prepared,
            QuantizationSetting start,
            Map<String, Double> sensitivity,
            QuantizationError glance,
            QuantizationError error,
            QuantizationProgress progress) {
        List<String> tensors = List.copyOf(tensors(prepared, start, sensitivity));
        QuantizationSetting best = start;
        OnnxModel model = prepared.quantized(start, Map.of());
        double glanced = glance.of(model);
        double min = error.of(model);
        int tried = 0;
        for (String tensor : tensors) {
            for (CalibrationMethod method : METHODS) {
                QuantizationSetting other = best.with(best.ranges().except(tensor, method));
                OnnxModel candidate = prepared.quantized(other, Map.of());
                double seen = glance.of(candidate);
                double found = seen < glanced ? error.of(candidate) : Double.POSITIVE_INFINITY;
                if (found < CLEARLY * min) {
                    glanced = seen;
                    min = found;
                    best = other;
                }
                progress.at("ranges", ++tried, tensors.size() * METHODS.size());
            }
        }
        return best;
    }

    /** The quantized and calibrated inputs and outputs of the most sensitive layers. */
    private static Set<String> tensors(
            Prepared prepared, QuantizationSetting setting, Map<String, Double> sensitivity) {
        GraphIndex graph = prepared.graph();
        QuantizationPlan plan = prepared.plan(setting, Map.of());
        Set<String> tensors = new LinkedHashSet<>();
        sensitivity.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MAX_LAYERS)
                .map(Map.Entry::getKey)
                .forEach(layer -> graph.nodes().stream()
                        .filter(node -> Layer.name(node).equals(layer))
                        .forEach(node -> tensors.addAll(around(node, graph))));
        tensors.removeIf(tensor ->
                plan.activation(tensor).isEmpty() || prepared.table().of(tensor).isEmpty());
        return tensors;
    }

    private static List<String> around(NodeProto node, GraphIndex graph) {
        return List.of(Saturation.given(node, graph), node.getInput(0));
    }
}
