package dev.fovea.quantize;

import java.util.HashMap;
import java.util.Map;

/**
 * One way to quantize a whole network.
 *
 * @param inFloat layers that are not quantized although they could be, and why
 */
record Setting(
        Scheme scheme,
        Coverage coverage,
        RangeChoice ranges,
        boolean compensated,
        boolean corrected,
        Map<String, String> inFloat) {

    Setting {
        inFloat = Map.copyOf(inFloat);
    }

    /** The fastest integers, and ranges that err least. */
    static Setting usual(Coverage coverage) {
        return new Setting(Scheme.U8S8, coverage, RangeChoice.leastError(), false, false, Map.of());
    }

    Setting with(RangeChoice other) {
        return new Setting(scheme, coverage, other, compensated, corrected, inFloat);
    }

    Setting with(Scheme other) {
        return new Setting(other, coverage, ranges, compensated, corrected, inFloat);
    }

    Setting with(Coverage other) {
        return new Setting(scheme, other, ranges, compensated, corrected, inFloat);
    }

    Setting with(Map<String, String> layersInFloat) {
        return new Setting(scheme, coverage, ranges, compensated, corrected, layersInFloat);
    }

    Setting withCompensation() {
        return new Setting(scheme, coverage, ranges, true, corrected, inFloat);
    }

    Setting withCorrection() {
        return new Setting(scheme, coverage, ranges, compensated, true, inFloat);
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
