package dev.fovea.quantize;

import java.util.Map;

/** One way to quantize a whole network. */
record Setting(Scheme scheme, Coverage coverage, RangeChoice ranges, boolean corrected) {

    Setting with(RangeChoice other) {
        return new Setting(scheme, coverage, other, corrected);
    }

    Setting with(Scheme other) {
        return new Setting(other, coverage, ranges, corrected);
    }

    Setting with(Coverage other) {
        return new Setting(scheme, other, ranges, corrected);
    }

    Setting corrected(boolean other) {
        return new Setting(scheme, coverage, ranges, other);
    }

    Planner.Wish keeping(Map<String, String> layers) {
        return new Planner.Wish(scheme, coverage, ranges, layers, corrected);
    }

    @Override
    public String toString() {
        return "%s, %s, ranges %s%s".formatted(scheme, coverage, ranges, corrected ? ", bias corrected" : "");
    }
}
