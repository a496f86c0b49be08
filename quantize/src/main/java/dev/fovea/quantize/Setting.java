package dev.fovea.quantize;

import java.util.Map;

/** One way to quantize a whole network. */
record Setting(Scheme scheme, Coverage coverage, RangeChoice ranges, boolean compensated, boolean corrected) {

    Setting with(RangeChoice other) {
        return new Setting(scheme, coverage, other, compensated, corrected);
    }

    Setting with(Scheme other) {
        return new Setting(other, coverage, ranges, compensated, corrected);
    }

    Setting with(Coverage other) {
        return new Setting(scheme, other, ranges, compensated, corrected);
    }

    Setting withCompensation() {
        return new Setting(scheme, coverage, ranges, true, corrected);
    }

    Setting withCorrection() {
        return new Setting(scheme, coverage, ranges, compensated, true);
    }

    Planner.Wish keeping(Map<String, String> layers) {
        return new Planner.Wish(scheme, coverage, ranges, layers, compensated, corrected);
    }

    @Override
    public String toString() {
        return "%s, %s, ranges %s%s%s"
                .formatted(
                        scheme,
                        coverage,
                        ranges,
                        compensated ? ", roundings compensated" : "",
                        corrected ? ", bias corrected" : "");
    }
}
