package dev.fovea.quantize;

import java.util.HashMap;
import java.util.Map;

/**
 * One way to quantize a whole network.
 *
 * @param inFloat layers that are not quantized although they could be, and why
 */
record QuantizationSetting(
        Scheme scheme,
        Coverage coverage,
        CalibrationChoice ranges,
        boolean compensated,
        boolean corrected,
        Map<String, String> inFloat) {

    QuantizationSetting {
        inFloat = Map.copyOf(inFloat);
    }

    /** The fastest integers, and ranges that err least. */
    static QuantizationSetting usual(Coverage coverage) {
        return new QuantizationSetting(Scheme.U8S8, coverage, CalibrationChoice.leastError(), false, false, Map.of());
    }

    QuantizationSetting with(CalibrationChoice other) {
        return new QuantizationSetting(scheme, coverage, other, compensated, corrected, inFloat);
    }

    QuantizationSetting with(Scheme other) {
        return new QuantizationSetting(other, coverage, ranges, compensated, corrected, inFloat);
    }

    QuantizationSetting with(Coverage other) {
        return new QuantizationSetting(scheme, other, ranges, compensated, corrected, inFloat);
    }

    QuantizationSetting with(Map<String, String> layersInFloat) {
        return new QuantizationSetting(scheme, coverage, ranges, compensated, corrected, layersInFloat);
    }

    QuantizationSetting withCompensation() {
        return new QuantizationSetting(scheme, coverage, ranges, true, corrected, inFloat);
    }

    QuantizationSetting withCorrection() {
        return new QuantizationSetting(scheme, coverage, ranges, compensated, true, inFloat);
    }

    /** With more layers in float. */
    Planner.Wish keeping(Map<String, String> layers) {
        Map<String, String> kept = new HashMap<>(inFloat);
        kept.putAll(layers);
        return new Planner.Wish(scheme, coverage, ranges, kept, compensated, corrected);
    }

    @Override
    public String toString() {
        return "%s, %s, ranges %s%s%s%s"
                .formatted(
                        scheme,
                        coverage,
                        ranges,
                        compensated ? ", roundings compensated" : "",
                        corrected ? ", bias corrected" : "",
                        inFloat.isEmpty() ? "" : ", %d in float for speed".formatted(inFloat.size()));
    }
}
