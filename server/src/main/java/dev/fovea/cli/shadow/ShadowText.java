package dev.fovea.cli.shadow;

import dev.fovea.serving.shadow.ShadowTotals;
import dev.fovea.serving.shadow.Shadows;
import java.util.Locale;

/** The results of a shadow in words. */
public final class ShadowText {

    private static final double NANOS_PER_MS = 1e6;

    private ShadowText() {}

    /** What it comes to. */
    public static String verdict(Shadows.ShadowStatus status) {
        ShadowTotals totals = status.totals();
        String compared = status.agreement()
                .map(agreement -> String.format(
                        Locale.ROOT,
                        "Version %d predicts the same as production for %.1f %% of %,d images (95 %% interval %.1f to %.1f %%).",
                        status.shadow().version().version(),
                        100 * agreement.value(),
                        totals.compared(),
                        100 * agreement.low(),
                        100 * agreement.high()))
                .orElse("Version %d has not been compared with production yet."
                        .formatted(status.shadow().version().version()));
        return compared + dropped(totals) + failed(totals);
    }

    private static String dropped(ShadowTotals totals) {
        return totals.dropped() == 0
                ? ""
                : String.format(Locale.ROOT, " %,d requests were left out: no core was free.", totals.dropped());
    }

    private static String failed(ShadowTotals totals) {
        return totals.failures().isEmpty()
                ? ""
                : " Failed: %s.".formatted(totals.failures().toString().replaceAll("[{}]", ""));
    }

    /** Mean times, where images were compared. */
    static String times(ShadowTotals totals) {
        return String.format(
                Locale.ROOT,
                "Mean time per image: production %.1f ms, candidate %.1f ms of CPU.",
                totals.times().production() / NANOS_PER_MS / totals.compared(),
                totals.times().candidate() / NANOS_PER_MS / totals.compared());
    }
}
