package dev.fovea.quantize;

import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a network's inner tensors on the calibration pictures.
 *
 * @param tensors by name
 * @param pictures how many were looked at
 */
record CalibrationTable(Map<String, TensorStatistics> tensors, int pictures) {

    Optional<TensorStatistics> of(String tensor) {
        return Optional.ofNullable(tensors.get(tensor));
    }
}
