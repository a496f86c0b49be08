package dev.fovea.quantize.calibration;

import dev.fovea.quantize.numeric.TensorStatistics;
import dev.fovea.quantize.rules.InputHessian;
import java.util.Map;
import java.util.Optional;

/**
 * Statistics of a network's inner tensors on the calibration images.
 *
 * @param tensors by name
 * @param layers statistics of the layers' inputs, by layer name
 * @param images number of calibration images
 */
public record CalibrationTable(Map<String, TensorStatistics> tensors, Map<String, InputHessian> layers, int images) {

    public Optional<TensorStatistics> of(String tensor) {
        return Optional.ofNullable(tensors.get(tensor));
    }

    public Optional<InputHessian> moments(String layer) {
        return Optional.ofNullable(layers.get(layer));
    }
}
