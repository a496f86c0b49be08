package dev.fovea.quantize.rewrite;

import dev.fovea.quantize.numeric.CalibrationChoice;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.numeric.Scheme;
import java.util.HashMap;
import java.util.Map;

/**
 * One way to quantize a whole network.
 *
 * @param inFloat layers that are not quantized although they could be, and why
 */
public record QuantizationSetting(
        Scheme scheme,
        Coverage coverage,
        CalibrationChoice ranges,
        boolean compensated,
        boolean corrected,
        Map<String, String> inFloat) {

    public QuantizationSetting {
        inFloat = Map.copyOf(inFloat);
    }

    /** The fastest integer types, and ranges of minimum error. */
    public static QuantizationSetting usual(Coverage coverage) {
        return new QuantizationSetting(Scheme.U8S8, coverage, CalibrationChoice.minError(), false, false, Map.of());
    }

    public QuantizationSetting with(CalibrationChoice other) {
        return new QuantizationSetting(scheme, coverage, other, compensated, corrected, inFloat);
    }

    public QuantizationSetting with(Scheme other) {
        return new QuantizationSetting(other, coverage, ranges, compensated, corrected, inFloat);
    }

    public QuantizationSetting with(Coverage other) {
        return new QuantizationSetting(scheme, other, ranges, compensated, corrected, inFloat);
    }

    public QuantizationSetting with(Map<String, String> layersInFloat) {
        return new QuantizationSetting(scheme, coverage, ranges, compensated, corrected, layersInFloat);
    }

    public QuantizationSetting withCompensation() {
        return new QuantizationSetting(scheme, coverage, ranges, true, corrected, inFloat);
    }

    public QuantizationSetting withCorrection() {
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
